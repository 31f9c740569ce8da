import type { ErrorChapter } from './error-explanation.ts';

type SigningInErrorCode =
  | 'login_issuer'
  | 'callback_state'
  | 'callback_issuer'
  | 'callback_error'
  | 'callback_code'
  | 'login_expired'
  | 'code_redemption_failed';

export const signingInErrors: ErrorChapter<SigningInErrorCode> = {
  login_issuer: {
    cause:
      '`/auth/login` was called with an `iss` (third-party initiated login, OIDC Core §4) that is doubled or names another provider than the one this site signs people in with.',
    fix: "Whoever links to the site sends the issuer that the site's `issuer` option names, character by character, or no `iss` at all.",
  },
  callback_state: {
    cause:
      'The answer at the callback belongs to no login that this browser began: another browser, a cleared cookie, an answer used before, or a forged one (login CSRF, RFC 6749 §10.12).',
    fix: 'Start again from the site. If it happens to everybody, the `__Host-login-…` cookie does not come back: the callback must be on the same host as the site, over https.',
  },
  callback_issuer: {
    cause:
      '`iss` in the answer is missing, doubled, or names another provider than the one that was asked (mix-up, RFC 9207).',
    fix: 'Start again. A provider that announces `authorization_response_iss_parameter_supported` must send it.',
  },
  callback_error: {
    cause:
      'The provider answered with an error instead of a code: the person cancelled, or the request was refused.',
    fix: "`access_denied` is the person's choice. For others see the event `callback.rejected`, whose `providerError` is the provider's own word, and the provider's log.",
  },
  callback_code: {
    cause:
      'The answer holds no single code, or the provider refuses it: it is used up, older than a minute, or belongs to another `redirect_uri` or verifier.',
    fix: "Start again. If it happens to everybody: does the registered `redirect_uri` equal the site's base URL plus `/auth/callback`, and does each code reach the token endpoint only once?",
  },
  login_expired: {
    cause: 'The login was begun more than ten minutes before its answer came.',
    fix: 'Start again. The page that was wanted is kept.',
  },
  code_redemption_failed: {
    cause:
      'The redemption of the authorization code failed: the token endpoint refused it for a reason of configuration (`invalid_client`, `invalid_target` …), or its answer is incomplete.',
    fix: 'Compare client id, secret and authentication method with the registration; is the audience registered for this client, and `openid` in the scope?',
  },
};
