import * as oauth from 'oauth4webapi';
import type { ProviderMetadata } from '../../provider/index.ts';
import type { OAuthClient } from './oauth-client.ts';

/**
 * The checked answer of the token endpoint (RFC 6749 §5.1). Its ID token is left to `verifyIdToken`, which verifies the
 * signature before it looks at a claim.
 *
 * @throws the library's errors; see `toTokenEndpointError`
 */
export async function readTokenResponse(
  { oauth: client }: { readonly oauth: OAuthClient },
  metadata: ProviderMetadata,
  response: Response,
): Promise<oauth.TokenEndpointResponse> {
  const [withoutIdToken, idToken] = await takeIdToken(response);
  const tokens = await oauth.processRefreshTokenResponse(metadata, client.client(), withoutIdToken);
  return idToken === undefined ? tokens : { ...tokens, id_token: idToken };
}

/** An ID token that is no text is left in the answer, and refused there. */
async function takeIdToken(response: Response): Promise<readonly [Response, string | undefined]> {
  if (response.status !== 200) return [response, undefined];
  const text = await response.text();
  const { status, headers } = response;
  const again = (body: string) => new Response(body, { status, headers });
  try {
    const { id_token: idToken, ...rest }: Record<string, unknown> = JSON.parse(text);
    return typeof idToken === 'string' ? [again(JSON.stringify(rest)), idToken] : [again(text), undefined];
  } catch {
    return [again(text), undefined]; // no JSON, which the library says
  }
}
