import { createLocalKeys, verifyAccessToken, type AccessTokenClaims } from '../tokens/index.ts';
import type { IssuerState, TestClient } from './issuer-state.ts';
import { issueAccessToken } from './issue-tokens.ts';
import { Refusal, requireAudience } from './token-answers.ts';

/** RFC 8693 §2: the own access token for one of another audience. */
export async function exchange(
  state: IssuerState,
  form: URLSearchParams,
  { clientId }: TestClient,
): Promise<object> {
  const audience = requireAudience(state, form, undefined);
  if (audience === undefined) throw new Refusal('invalid_target');
  const subject = await findOwnToken(state, form.get('subject_token') ?? '');
  const signOn = state.signOns.get(subject?.sid ?? '');
  if (!signOn || signOn.ended || subject?.client_id !== clientId) throw new Refusal('invalid_grant');
  return {
    access_token: await issueAccessToken(state, { clientId, signOn, scope: '', audience, nonce: undefined }),
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    expires_in: state.accessTokenSeconds,
  };
}

/** The claims of an access token that this issuer signed, for whichever of its audiences. */
export async function findOwnToken(
  { issuer, clock, keys }: IssuerState,
  token: string,
): Promise<AccessTokenClaims | undefined> {
  const options = { issuer, audience: readAudience(token), clock, algorithms: [keys.signer().alg] };
  const own = createLocalKeys(keys.jwks());
  return verifyAccessToken(token, { ...options, keys: own }).catch(() => undefined);
}

/** Any audience of this issuer's own will do, so the token is asked which one it has. */
function readAudience(token: string): string {
  try {
    const text = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    const payload: unknown = JSON.parse(text);
    return typeof payload === 'object' && payload && 'aud' in payload ? String(payload.aud) : '';
  } catch {
    return '';
  }
}
