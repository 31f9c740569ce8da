import type { IssuerState } from './issuer-state.ts';
import { findOwnToken } from './own-token.ts';
import { requireClient, toOAuthResponse } from './oauth-responses.ts';

/** Ends a refresh token and its family, or an access token and what it was exchanged for; any other gets the same answer. */
export function answerRevocation(
  state: IssuerState,
  form: URLSearchParams,
  headers: Headers,
): Promise<Response> {
  return toOAuthResponse(async () => {
    const client = requireClient(state, form, headers);
    const token = form.get('token') ?? '';
    const grant = state.grants.get(token);
    if (grant?.clientId === client.clientId) grant.family.ended = true;
    const claims = await findOwnToken(state, token);
    const issued = state.accessTokens.get(claims?.jti ?? '');
    if (issued && claims?.client_id === client.clientId) issued.life.ended = true;
    return {};
  });
}
