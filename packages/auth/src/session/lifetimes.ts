import { HOUR, MINUTE } from '../foundation/index.ts';

/** Every time limit of a relying party, integer seconds. */
export interface Lifetimes {
  /** A session ends when it was not used for this long. Default 30 minutes. */
  readonly idleSeconds: number;
  /** A session ends this long after the login, however much it is used. Default 12 hours. */
  readonly absoluteSeconds: number;
  /** A login that was started can be finished within this. Default 10 minutes. */
  readonly transactionSeconds: number;
  /** The access token is renewed this long before it expires. Default 60; a token of a shorter life at half of it. */
  readonly refreshBeforeSeconds: number;
  /** A session in use is sealed anew at least this often, so that its idle time starts again. Default 5 minutes. */
  readonly touchSeconds: number;
  /** While the provider is down, permissions count for this long after the access token has expired. Default 10 minutes. */
  readonly staleSeconds: number;
  /** The result of a refresh answers requests that still carry the old cookie for this long. Default 30. */
  readonly settledSeconds: number;
  /** After a silent sign-in that found nobody signed in, the next one waits for this long. Default 5 minutes. */
  readonly silentRetrySeconds: number;
}

/** The defaults. Those of the session follow NIST SP 800-63B-4 §2.2.3 and §5.2. */
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
