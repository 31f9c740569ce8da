import * as oauth from 'oauth4webapi';
import { type AuthError, authError } from '../../foundation/index.ts';
import type { ProviderMetadata } from '../../provider/index.ts';
import type { Site } from '../site.ts';

/**
 * The checked answer of the token endpoint (RFC 6749 §5.1). Its ID token is left to `verifyIdToken`, which verifies the
 * signature before it looks at a claim.
 *
 * @throws the library's errors; see `toTokenEndpointError`
 */
export async function readTokenResponse(
  { oauth: client, proofs }: Pick<Site, 'oauth' | 'proofs'>,
  metadata: ProviderMetadata,
  response: Response,
): Promise<oauth.TokenEndpointResponse> {
  const [withoutIdToken, idToken] = await takeIdToken(response);
  const tokens = await oauth.processRefreshTokenResponse(metadata, client.client(), withoutIdToken);
  if (proofs && tokens.token_type !== 'dpop') throw unboundError();
  return idToken === undefined ? tokens : { ...tokens, id_token: idToken };
}

/** RFC 9449 §5: a client that relies on bound tokens discards one that anybody could use. */
function unboundError(): AuthError {
  return authError(
    'token_binding',
    'the provider gave a token that is bound to no key: register the client with dpop_bound_access_tokens',
  );
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
