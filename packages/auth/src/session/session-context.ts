import type { Clock, Observe } from '../foundation/index.ts';
import type { CookieJar } from './cookies.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { RevocationStore } from './stores/revocation-store.ts';

/** What creating, opening, reading and ending a session needs of a site. */
export interface SessionContext {
  readonly keeper: SessionKeeper;
  readonly jar: CookieJar;
  readonly revocations: RevocationStore;
  readonly lifetimes: Lifetimes;
  /** This site's own API; `undefined` where the site asks for no access token of its own. */
  readonly audience: string | undefined;
  /** The access token's claim that lists permissions. */
  readonly permissionsClaim: string;
  /** Display claims that a session keeps. */
  readonly keepClaims: readonly string[];
  /** Whether a session keeps the ID token, for providers that insist on `id_token_hint` at sign-out. */
  readonly keepIdToken: boolean;
  readonly clock: Clock;
  readonly observe: Observe;
  /** What every event of this site carries. */
  readonly names: { readonly issuer: string; readonly clientId: string };
}
