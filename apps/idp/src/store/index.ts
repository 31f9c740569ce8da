export type { Try, TryBudget } from './attempts.ts';
export { isStoreFailure } from './failures.ts';
export type { Family, Grant, StandingGrant } from './grant-rows.ts';
export type { Redemption, Rotation } from './grants.ts';
export type { Interaction } from './interactions.ts';
export { openStore, type Store } from './open-store.ts';
export type { Person, PersonClaims, Profile } from './people.ts';
export type { SignOnSession } from './sessions.ts';
export type { StoredKey } from './signing-keys.ts';
