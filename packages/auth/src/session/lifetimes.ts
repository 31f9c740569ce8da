import { HOUR, MINUTE } from '../foundation/index.ts';

/** Every clock of a relying party, integer seconds. */
export interface Lifetimes {
  /** A session nobody uses ends after this. Default 30 minutes. */
  readonly idleSeconds: number;
  /** A session ends after this whatever happens. Default 12 hours. */
  readonly absoluteSeconds: number;
  /** A login that was begun may come back for this long. Default 10 minutes. */
  readonly transactionSeconds: number;
  /** The access token is renewed this long before its end. Default 60; half its life where it lives shorter. */
  readonly refreshBeforeSeconds: number;
  /** A session in use is sealed anew at least this often, so that its idle clock moves. Default 5 minutes. */
  readonly touchSeconds: number;
  /** While the provider is away, permissions count for this long past the access token's end. Default 10 minutes. */
  readonly staleSeconds: number;
  /** The result of a refresh answers requests that still carry the old cookie for this long. Default 30. */
  readonly settledSeconds: number;
  /** A browser that the provider did not know is not sent there again for this long. Default 5 minutes. */
  readonly silentRetrySeconds: number;
}

/** The defaults; NIST SP 800-63B-4 §2.2.3 and §5.2 for the session's two. */
export const defaultLifetimes: Lifetimes = {
  idleSeconds: 30 * MINUTE,
  absoluteSeconds: 12 * HOUR,
  transactionSeconds: 10 * MINUTE,
  refreshBeforeSeconds: MINUTE,
  touchSeconds: 5 * MINUTE,
  staleSeconds: 10 * MINUTE,
  settledSeconds: 30,
  silentRetrySeconds: 5 * MINUTE,
};
