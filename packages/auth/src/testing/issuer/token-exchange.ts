import { verifyAccessToken, type AccessTokenClaims } from '../../tokens/index.ts';
import type { IssuerState, TestClient } from './issuer-state.ts';
import { issueAccessToken } from './issue-tokens.ts';
import { OAuthError } from './oauth-responses.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** RFC 8693 §2: exchanges the client's own access token for one with another audience. */
export async function exchange(
  state: IssuerState,
  form: URLSearchParams,
  { clientId }: TestClient,
): Promise<object> {
  if (form.get('subject_token_type') !== ACCESS_TOKEN) throw new OAuthError('invalid_request');
  const subject = await findOwnToken(state, form.get('subject_token') ?? '');
  const signOn = state.accessTokens.get(subject?.jti ?? '');
  // RFC 8693 §2.2.2: this is the error for a subject token that is not accepted.
  if (!signOn || signOn.ended || subject?.client_id !== clientId) throw new OAuthError('invalid_request');
  const audience = requireTarget(state, form);
  const { auth_time: authTime = signOn.proof.authTime, acr = signOn.proof.acr } = subject;
  const proof = { ...signOn.proof, authTime, acr };
  return {
    access_token: await issueAccessToken(state, { clientId, signOn, proof, scope: '', audience }),
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
  };
}

/** One known API. The issuer itself is no target: tokens for it come from a login. */
function requireTarget({ audiences, issuer }: IssuerState, form: URLSearchParams): string {
  const target = form.get('resource');
  if (target === null) throw new OAuthError('invalid_request');
  if (target === issuer || audiences?.includes(target) === false) throw new OAuthError('invalid_target');
  return target;
}

/** The claims of an access token that this issuer signed, for whichever of its audiences. */
export async function findOwnToken(
  { issuer, clock, keys }: IssuerState,
  token: string,
): Promise<AccessTokenClaims | undefined> {
  const options = { issuer, audience: readAudience(token), clock, keys: keys.verificationKeys };
  return verifyAccessToken(token, { ...options, algorithms: keys.algorithms() }).catch(() => undefined);
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
