export {
  equalInConstantTime,
  fromBase64url,
  isBase64url,
  randomId,
  sha256Base64url,
  toBase64url,
} from './bytes.ts';
export { DAY, HOUR, MINUTE, SECOND, systemClock, type Clock } from './clock.ts';
export {
  AuthError,
  authError,
  authErrorCodes,
  isAuthError,
  type AuthErrorCode,
  type AuthErrorOptions,
} from './errors.ts';
export type {
  ApiEvent,
  AuthEvent,
  LoginEvent,
  LogoutEvent,
  Observe,
  ProviderEvent,
  SessionEnd,
  SessionEvent,
} from './events.ts';
export { isLoopbackHost, requireSecureUrl, safeReturnTo } from './urls.ts';
