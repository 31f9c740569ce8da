import type { IssuerState } from './issuer-state.ts';
import { requireProof } from './dpop.ts';
import { OAuthError } from './oauth-responses.ts';
import { findOwnToken } from './own-token.ts';

/** What the ID token says of the person, for an access token of this issuer's own audience (OIDC Core §5.3). */
export async function answerUserinfo(state: IssuerState, headers: Headers, url: string): Promise<Response> {
  const [, scheme, token] = /^(Bearer|DPoP) (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token === undefined) return challenge('Bearer realm="test issuer"');
  const claims = await findOwnToken(state, token);
  const signOn = state.accessTokens.get(claims?.jti ?? '')?.signOn;
  if (claims?.aud !== state.issuer || !signOn)
    return challenge('Bearer realm="test issuer", error="invalid_token"');
  const refusal = await findBindingRefusal(state, { url, headers, token, jkt: claims.cnf?.jkt, scheme });
  if (refusal) return refusal;
  if (claims.scope?.split(' ').includes('openid') !== true)
    return challenge('Bearer realm="test issuer", error="insufficient_scope", scope="openid"', 403);
  return Response.json({ ...signOn.person.claims, sub: claims.sub });
}

interface Presented {
  readonly url: string;
  readonly headers: Headers;
  readonly token: string;
  readonly jkt: string | undefined;
  readonly scheme: string | undefined;
}

/** RFC 9449 §7: a bound token comes as DPoP with a proof of its key, any other as Bearer. */
async function findBindingRefusal(
  state: IssuerState,
  { url, headers, token, jkt, scheme }: Presented,
): Promise<Response | undefined> {
  const isBound = jkt !== undefined;
  if ((scheme?.toLowerCase() === 'dpop') !== isBound)
    return challenge('DPoP realm="test issuer", error="invalid_token"');
  if (!isBound) return undefined;
  try {
    const proved = await requireProof(state, { method: 'GET', url, accessToken: token }, headers);
    return proved === jkt ? undefined : challenge('DPoP realm="test issuer", error="invalid_token"');
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const refusal = challenge(`DPoP realm="test issuer", error="${error.message}"`);
    if (state.dpopNonces) refusal.headers.set('dpop-nonce', await state.dpopNonces.current());
    return refusal;
  }
}

const challenge = (text: string, status = 401) =>
  new Response(null, { status, headers: { 'www-authenticate': text } });
