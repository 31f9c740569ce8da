export { equalInConstantTime, fromBase64url, isBase64url, randomId, toBase64url } from './bytes.ts';
export {
  CLOCK_TOLERANCE_SECONDS,
  DAY,
  HOUR,
  isWithin,
  MINUTE,
  SECOND,
  systemClock,
  type Clock,
} from './clock.ts';
export {
  AuthError,
  authError,
  authErrorCodes,
  isAuthError,
  RETRY_AFTER_SECONDS,
  type AuthErrorCode,
} from './errors.ts';
export { errorChapters, errorExplanations, type ErrorExplanation } from './explanations/index.ts';
export { notify, type AuthEvent, type Observe, type SessionEndReason } from './events.ts';
export {
  noteChecks,
  toComparedValue,
  type Check,
  type ComparedValue,
  type Note,
  type ReportChecks,
} from './checks.ts';
export type { CookieDetails, TokenContent, TokenKind } from './detail-events.ts';
export { deepFreeze } from './deep-freeze.ts';
export { evictEntries } from './evict-entries.ts';
export { createLruCache, type LruCache } from './lru-cache.ts';
export { presentMembers } from './present-members.ts';
export { quoteUntrusted } from './quote-untrusted.ts';
export { repeat } from './repeat.ts';
export { singleFlight, type SingleFlights } from './single-flight.ts';
export { isStepUpMet, parseStepUp, stepUpParameters, type StepUp } from './step-up.ts';
export { requireValidStepUp } from './step-up-options.ts';
export { requireSecureUrl, safeReturnTo, toInternalUrl, toPublicUrl } from './urls.ts';
