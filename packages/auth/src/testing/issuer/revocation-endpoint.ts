import type { IssuerState } from './issuer-state.ts';
import { requireClient, toOAuthResponse } from './oauth-responses.ts';

/** Ends a refresh token and its family; any other token gets the same answer (RFC 7009 §2.2). */
export function answerRevocation(
  state: IssuerState,
  form: URLSearchParams,
  headers: Headers,
): Promise<Response> {
  return toOAuthResponse(async () => {
    const client = requireClient(state, form, headers);
    const grant = state.grants.get(form.get('token') ?? '');
    if (grant?.clientId === client.clientId) grant.family.ended = true;
    return {};
  });
}
