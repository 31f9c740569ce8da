/** How long things live, in seconds. Each is an environment variable; see `env.ts` for the reasons. */
export interface Lifetimes {
  readonly codeSeconds: number;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  /** A sign-on session, from the sign-in on; using it does not lengthen it. */
  readonly signOnSeconds: number;
  /** A grant with `offline_access`, from the consent on. */
  readonly offlineSeconds: number;
  /** A pending sign-in, consent or sign-out page. */
  readonly interactionSeconds: number;
  /** How long the same refresh token gets the same answer again. */
  readonly refreshReplaySeconds: number;
}

/** How often a node looks for keys that another one, or the command line, rotated. */
export const KEY_RELOAD_SECONDS = 30;
/** How often a node looks for clients that were registered or changed elsewhere. */
export const CLIENTS_RELOAD_SECONDS = 2;
/** How far a verifier's clock may be behind ours. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** How long a retired key stays published: until the last token it signed has expired everywhere. */
export function publishSeconds({ accessTokenSeconds, idTokenSeconds }: Lifetimes): number {
  return Math.max(accessTokenSeconds, idTokenSeconds) + KEY_RELOAD_SECONDS + CLOCK_TOLERANCE_SECONDS;
}
