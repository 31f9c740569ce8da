import type { ErrorChapter } from './error-explanation.ts';

type ApiErrorCode =
  | 'bearer_missing'
  | 'bearer_malformed'
  | 'scope_insufficient'
  | 'permission_insufficient'
  | 'proof_insufficient'
  | 'actor_refused';

export const apiErrors: ErrorChapter<ApiErrorCode> = {
  bearer_missing: {
    cause:
      'The request has no `Authorization: Bearer` header. Tokens in a query or body are ignored (RFC 9700 §4.3.2).',
    fix: 'Send `Authorization: Bearer <access token>`.',
  },
  bearer_malformed: {
    cause: 'The header is `Bearer` with no token, with two, or with characters that no token has.',
    fix: 'One header, one space, one token.',
  },
  scope_insufficient: {
    cause: 'The token is valid, and its `scope` lacks the required one.',
    fix: 'Ask for the scope at sign-in; the challenge names it.',
  },
  permission_insufficient: {
    cause:
      'The token is valid, and the person, or the client on their behalf, lacks the permission. A token carries what the person holds, the client may use, and the request asked for: all three.',
    fix: "Grant it at the provider: a role for the person, `permissions` in the client's registration. It counts from the next token on, ten minutes at most.",
  },
  proof_insufficient: {
    cause:
      'The token is valid, and the person signed in too long ago (`auth_time`) or not strongly enough (`acr`).',
    fix: 'Send the person to the provider with `max_age` and `acr_values` as the challenge names them (RFC 9470), in a site `/auth/login?return_to=…&max_age=300`, then ask with the new token.',
  },
  actor_refused: {
    cause:
      'The token is valid, and the client that acts for the person (`act`, RFC 8693 §4.1) may not do this for anybody, or nobody acts where somebody has to.',
    fix: "Call with the person's own token, or through one of the clients that the API's guard names (`actor`).",
  },
};
