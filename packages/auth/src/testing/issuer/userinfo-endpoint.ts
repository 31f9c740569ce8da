import type { IssuerState } from './issuer-state.ts';
import { findOwnToken } from './own-token.ts';

/** What the ID token says of the person, for an access token of this issuer's own audience (OIDC Core §5.3). */
export async function answerUserinfo(state: IssuerState, headers: Headers): Promise<Response> {
  const token = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (token === undefined) return challenge('Bearer realm="test issuer"');
  const claims = await findOwnToken(state, token);
  const signOn = state.accessTokens.get(claims?.jti ?? '')?.signOn;
  if (claims?.aud !== state.issuer || !signOn)
    return challenge('Bearer realm="test issuer", error="invalid_token"');
  if (claims.scope?.split(' ').includes('openid') !== true)
    return challenge('Bearer realm="test issuer", error="insufficient_scope", scope="openid"', 403);
  return Response.json({ ...signOn.person.claims, sub: claims.sub });
}

const challenge = (text: string, status = 401) =>
  new Response(null, { status, headers: { 'www-authenticate': text } });
