import type { DpopNonces, DpopProofKeys } from '@sso/auth/tokens';
import type { AccessContract } from '@sso/auth/access';
import type { LiveRoles } from './access/live-roles.ts';
import type { AccessTokens } from './access/access-tokens.ts';
import type { ClientKeys } from './clients/client-keys.ts';
import type { ClientLogos } from './clients/client-logos.ts';
import type { ClientDirectory } from './clients/client-directory.ts';
import type { DynamicRegistration } from './clients/dynamic-registration.ts';
import type { SubjectFor } from './clients/subject-identifiers.ts';
import type { ObserveProvider } from './events/provider-event.ts';
import type { Interactions } from './interaction/interactions.ts';
import type { WaitingBudgets } from './interaction/waiting-budgets.ts';
import type { TrustedProxies } from './http/client-address.ts';
import type { Cookies } from './http/cookies.ts';
import type { AuditNameOf } from './identity/audit-names.ts';
import type { People } from './identity/people.ts';
import type { SignOnSessions } from './identity/sign-on-sessions.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { Lifetimes } from './foundation/lifetimes.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Store } from './store/index.ts';
import type { ClientThrottle, Throttle } from './throttle/index.ts';

/** Nonces that every node of the provider recognises, and keys of earlier proofs. */
export interface ProviderDpop {
  readonly nonceSecret: string;
  readonly nonces: DpopNonces;
  readonly keys: DpopProofKeys;
}

/** What every endpoint works with: the rooms, opened once in `deps.ts`. */
export interface Provider {
  readonly issuer: string;
  readonly serviceName: string;
  readonly lifetimes: Lifetimes;
  /** Now, in integer seconds. */
  readonly clock: () => number;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly observe: ObserveProvider;
  readonly store: Store;
  readonly keys: KeyRing;
  readonly clients: ClientDirectory;
  readonly clientKeys: ClientKeys;
  readonly clientLogos: ClientLogos;
  readonly dynamicRegistration: DynamicRegistration;
  /** What a client knows a person by. */
  readonly subjectFor: SubjectFor;
  /** Its roles are those that count now. */
  readonly access: AccessContract;
  readonly roles: LiveRoles;
  readonly accessTokens: AccessTokens;
  readonly people: People;
  readonly auditNameOf: AuditNameOf;
  readonly signOn: SignOnSessions;
  readonly outbox: Outbox;
  readonly throttle: Throttle;
  readonly clientThrottle: ClientThrottle;
  readonly interactions: Interactions;
  readonly waitingBudgets: WaitingBudgets;
  /** What proofs of keys are verified with (RFC 9449). */
  readonly dpop: ProviderDpop;
  readonly cookies: Cookies;
  readonly trustedProxies: TrustedProxies;
}
