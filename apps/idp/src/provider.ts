import type { AccessContract } from '@sso/auth/access';
import type { OwnTokens } from './access/access-tokens.ts';
import type { ClientKeys } from './clients/client-keys.ts';
import type { ClientRegistry } from './clients/client-directory.ts';
import type { SelfRegistration } from './clients/dynamic-registration.ts';
import type { ObserveProvider } from './events/provider-event.ts';
import type { HeldRequests } from './interaction/interactions.ts';
import type { TrustedProxies } from './http/client-address.ts';
import type { Cookies } from './http/cookies.ts';
import type { People } from './identity/people.ts';
import type { SignOnSessions } from './identity/sign-on-sessions.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { Lifetimes } from './foundation/lifetimes.ts';
import type { Store } from './store/index.ts';
import type { Throttle } from './throttle/index.ts';

/** What every endpoint works with: the rooms, opened once in `deps.ts`. */
export interface Provider {
  readonly issuer: string;
  readonly serviceName: string;
  readonly lifetimes: Lifetimes;
  /** Now, in integer seconds. */
  readonly clock: () => number;
  readonly observe: ObserveProvider;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly clients: ClientRegistry;
  readonly clientKeys: ClientKeys;
  /** Undefined where nobody may register clients by themselves. */
  readonly registration: SelfRegistration | undefined;
  readonly access: AccessContract;
  readonly ownTokens: OwnTokens;
  readonly people: People;
  readonly signOn: SignOnSessions;
  readonly throttle: Throttle;
  readonly held: HeldRequests;
  readonly cookies: Cookies;
  readonly trustedProxies: TrustedProxies;
}
