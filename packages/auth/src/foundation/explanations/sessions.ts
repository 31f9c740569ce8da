import type { ErrorChapter } from './error-explanation.ts';

type SessionErrorCode =
  | 'refresh_failed'
  | 'refresh_rejected'
  | 'token_exchange_rejected'
  | 'session_invalid'
  | 'session_too_large'
  | 'session_not_kept'
  | 'logout_token'
  | 'security_event'
  | 'csrf';

export const sessionErrors: ErrorChapter<SessionErrorCode> = {
  refresh_failed: {
    cause:
      "A session's tokens could not be renewed now, for a reason that does not concern the person. The session goes on. Transient, but for an answer of the provider that can't be used: it lacks what RFC 6749 §5.1 requires, `token_type` for one.",
    fix: 'See the cause in the event `refresh.failed`. It is tried again by itself; only the provider can mend a wrong answer.',
  },
  refresh_rejected: {
    cause:
      'The provider refuses the refresh token (`invalid_grant`): the person signed out, lost the account, or the token was used twice; or the renewed tokens name another person. The session ends, copies of its cookie included.',
    fix: 'Sign in again; who is signed in at the provider gets there without a form. If it happens in bursts, two processes refresh the same session without sharing the result: give them `refreshes` and `spent` stores that they share (decision 0016).',
  },
  token_exchange_rejected: {
    cause:
      'The provider refuses a token for another audience (RFC 8693): the client may not ask for it, the person holds no permission there, the own token was narrowed by a scope or is not its own, or the sign-on session has ended.',
    fix: "List the audience in the client's `resources` and its permissions in `permissions`, and ask with the session's own access token. A login that names permissions of its own API in `scope` has to name those of the other one too.",
  },
  session_invalid: {
    cause: 'A session is required, and the request has none, or no key of `sessionKeys` opens its cookie.',
    fix: "Send the person to `/auth/login`. After a change of `sessionKeys`, keep the old key behind the new one for a session's life.",
  },
  session_too_large: {
    cause: 'The sealed session is larger than a cookie may be; browsers would drop it without a word.',
    fix: 'Keep fewer claims (`keepClaims`), have smaller access tokens issued, or give a `sessionStore`.',
  },
  session_not_kept: {
    cause:
      "A login begins for a browser in which three sessions were opened, each seconds after the other, and which brings none back: it drops the cookie, or the site's processes disagree about it (clocks, session keys, a revocation store that lags). Going round again would not help.",
    fix: 'Look at the session cookie in the browser: is it set, over https, below 4 kB? Do all processes have the same `sessionKeys` and about the same time?',
  },
  logout_token: {
    cause:
      'A back-channel logout was refused: what came is no logout token (OIDC Back-Channel Logout 1.0 §2.6), was used before, or came from a browser.',
    fix: "Register the site's `/auth/backchannel-logout` as `backchannel_logout_uri`; only the provider's server calls it.",
  },
  security_event: {
    cause:
      'A security event was refused: what came is no security event token of this provider (RFC 8417) with exactly one CAEP `token-claims-change` about one of its own people (`sub_id` of the format `iss_sub`), it carries `exp`, `sub` or `nonce`, or it came from a browser.',
    fix: "Register the site's `/auth/security-events` as `security_event_uri`; only the provider's server calls it, by POST of `application/secevent+jwt` (RFC 8935).",
  },
  csrf: {
    cause:
      'A request that changes something came from another origin, or without `Origin` and `Sec-Fetch-Site`.',
    fix: "Change state by POST from the site's own pages. Behind a proxy the base URL is configuration: it must be the address that people see.",
  },
};
