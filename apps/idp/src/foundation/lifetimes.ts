import { DAY } from '@sso/auth';

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

/** How often a node looks for keys that another one, or the command line, rotated or revoked. */
export const KEY_RELOAD_SECONDS = 5;
/** How often a node looks for clients that were registered or changed elsewhere. */
export const CLIENTS_RELOAD_SECONDS = 2;
/** How far a verifier's clock may be behind ours. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** How long a shared cache may keep a copy of the JWKS: a revoked key lives on in it. */
export const JWKS_MAX_AGE_SECONDS = 60;
/** How long anybody may keep a copy of the metadata, which changes with a release. */
export const METADATA_MAX_AGE_SECONDS = 300;

/** How long verifiers of others keep a key set, whatever the header says. Most look again when they miss a key. */
const VERIFIERS_KEEP_SECONDS = 300;
/** How long a next key is published before it signs: until every copy that lacks it, on any node, has expired. */
export const KEY_LEAD_SECONDS = VERIFIERS_KEEP_SECONDS + KEY_RELOAD_SECONDS;

/** How long a retired key stays published: until the last token it signed has expired everywhere. */
function publishSeconds({ accessTokenSeconds, idTokenSeconds }: Lifetimes): number {
  return Math.max(accessTokenSeconds, idTokenSeconds) + KEY_RELOAD_SECONDS + CLOCK_TOLERANCE_SECONDS;
}

/** The times of a key ring; 0 days leave rotation to the command line. */
export function keyTimes(lifetimes: Lifetimes, rotationDays: number) {
  return {
    publishSeconds: publishSeconds(lifetimes),
    leadSeconds: KEY_LEAD_SECONDS,
    rotationSeconds: rotationDays * DAY,
  };
}
