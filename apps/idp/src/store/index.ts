export type { Try, TryBudget } from './attempts.ts';
export type { Family, Grant, GrantDetails, StandingGrant } from './grant-rows.ts';
export type { GrantStore, Redemption, Rotation } from './grants.ts';
export type { Interaction, InteractionStore } from './interactions.ts';
export { openStore, type Store } from './open-store.ts';
export type { PeopleStore, Person, PersonClaims, Profile } from './people.ts';
export type { SessionStore, SignOnSession } from './sessions.ts';
export type { KeyRotation, KeyState, KeyStore, StoredKey } from './signing-keys.ts';
export { isStoreFailure } from './failures.ts';
