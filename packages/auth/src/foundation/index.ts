export {
  equalInConstantTime,
  fromBase64url,
  isBase64url,
  randomId,
  sha256Base64url,
  toBase64url,
} from './bytes.ts';
export { DAY, HOUR, isWithin, MINUTE, SECOND, systemClock, type Clock } from './clock.ts';
export {
  AuthError,
  authError,
  authErrorCodes,
  isAuthError,
  RETRY_AFTER_SECONDS,
  type AuthErrorCode,
  type AuthErrorOptions,
} from './errors.ts';
export {
  notify,
  type ApiEvent,
  type AuthEvent,
  type LoginEvent,
  type LogoutEvent,
  type Observe,
  type ProviderEvent,
  type SessionEnd,
  type SessionEvent,
} from './events.ts';
export { freezeAll } from './frozen.ts';
export { quoted } from './quote.ts';
export { createRecent, type Recent } from './recent.ts';
export { isProven, readStepUp, requireStepUp, stepUpParameters, type Proof, type StepUp } from './step-up.ts';
export { share, type SharedResults, type SharedWork } from './share.ts';
export { sweep } from './sweep.ts';
export { internalAddress, publicAddress, requireSecureUrl, safeReturnTo } from './urls.ts';
