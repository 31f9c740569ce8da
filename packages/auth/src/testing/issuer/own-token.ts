import { verifyAccessToken, type AccessTokenClaims } from '../../tokens/index.ts';
import type { IssuerState } from './issuer-state.ts';

/** The claims of an access token that this issuer signed, for whichever of its audiences, while its grant stands. */
export async function findOwnToken(
  state: IssuerState,
  token: string,
): Promise<AccessTokenClaims | undefined> {
  const { issuer, clock, keys } = state;
  const options = { issuer, audience: readAudience(token), clock, keys: keys.verificationKeys };
  const claims = await verifyAccessToken(token, { ...options, algorithms: keys.algorithms() }).catch(
    () => undefined,
  );
  const issued = state.accessTokens.get(claims?.jti ?? '');
  return issued && !issued.life.ended && !issued.family.ended && !issued.signOn.ended ? claims : undefined;
}

/** A token for any audience is accepted, so the token itself says which audience to verify. */
function readAudience(token: string): string {
  try {
    const text = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const payload: unknown = JSON.parse(text);
    return typeof payload === 'object' && payload && 'aud' in payload ? String(payload.aud) : '';
  } catch {
    return '';
  }
}
