export { createArrivals } from './arrivals.ts';
export type { AttemptEntry, AttemptBudget } from './attempts.ts';
export { isStoreFailure } from './failures.ts';
export { SharedAudienceError } from './client-audiences.ts';
export type { PreviousSecret, StoredClient } from './client-rows.ts';
export type { ClientUpdate } from './client-writes.ts';
export type { ClientStore } from './clients.ts';
export type { InitialAccessTokenStore } from './initial-access-tokens.ts';
export type { Consent } from './consents.ts';
export type { RefreshTokenFamily, Grant, ActiveGrant } from './grants/grant-rows.ts';
export type { CodeRedemption, IssuedCode } from './grants/codes.ts';
export type { RefreshTokenRotation } from './grants/rotate-refresh-token.ts';
export type {
  AuthorizationRequest,
  InteractionRequest,
  LogoutRequest,
  Prompt,
  RequestedClaims,
} from './requests.ts';
export { type Interaction, type NewInteraction, storedBytesOf } from './interaction-rows.ts';
export { type StageBound, STAGES } from './interaction-stages.ts';
export { SWEPT_AT_ONCE } from './sweep.ts';
export { openStore, type Store } from './open-store.ts';
export { type Ending, endings } from './endings.ts';
export { SHOWN_SECONDS, type OutboxStore } from './outbox.ts';
export type { DueLane } from './outbox-lanes.ts';
export type { Lease } from './outbox-leases.ts';
export { laneNameOf } from './outbox-rows.ts';
export type { Lane, Notice, NoticeKind, ShownNotice } from './outbox-rows.ts';
export { isUndated, type NodeDating } from './dated-notices.ts';
export type { PermissionChangeStore } from './permission-changes.ts';
export { passwordCostOf } from './password-costs.ts';
export type { Person, PersonClaims, Profile } from './people.ts';
export type { ProviderSecretStore } from './provider-secrets.ts';
export type { SharedSubject } from './shared-subjects.ts';
export type { SignOnSession } from './sessions.ts';
export { MEMORY, sqlitePathOf } from './open-database.ts';
export { makePrivate } from './private-files.ts';
export type { RevokedKey } from './revoked-keys.ts';
export type { NewKey, StoredKey } from './signing-keys.ts';
