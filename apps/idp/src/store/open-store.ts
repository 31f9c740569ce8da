import { retryWhileLocked } from '@sso/sqlite';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { type AttemptStore, createAttemptStore } from './attempts.ts';
import { type ClientStore, createClientStore } from './clients.ts';
import { databaseError } from './database-error.ts';
import { type ConsentStore, createConsentStore } from './consents.ts';
import { createDeviceStore, type DeviceStore } from './devices.ts';
import { createEndEverythingStore, type EndEverythingStore } from './end-everything.ts';
import { openDatabase } from './open-database.ts';
import { createGrantStore, type GrantStore } from './grants/grant-store.ts';
import { createInitialAccessTokenStore, type InitialAccessTokenStore } from './initial-access-tokens.ts';
import { createInteractionStore, type InteractionStore } from './interactions.ts';
import { migrations } from './migrations/index.ts';
import { createOutboxStore, type OutboxStore } from './outbox.ts';
import { createPersonRevocationStore, type PersonRevocationStore } from './person-revocation.ts';
import { createRevokedKeyStore, type RevokedKeyStore } from './revoked-keys.ts';
import { createUnsealedKeyStore, type UnsealedKeyStore } from './unsealed-keys.ts';
import { createPastKeyStore, type PastKeyStore } from './past-keys.ts';
import { createPasswordCostStore, type PasswordCostStore } from './password-costs.ts';
import { createPeopleStore, type PeopleStore } from './people.ts';
import type { Database } from './prepared.ts';
import { createProviderSecretStore, type ProviderSecretStore } from './provider-secrets.ts';
import { createSessionClientStore, type SessionClientStore } from './session-clients.ts';
import { createSharedSubjectStore, type SharedSubjectStore } from './shared-subjects.ts';
import { createSessionStore, type SessionStore } from './sessions.ts';
import { createKeyStore, type KeyStore } from './signing-keys.ts';
import { createSweep } from './sweep.ts';
import { createInvalidatedTokenStore, type InvalidatedTokenStore } from './invalidated-tokens.ts';
import { createPermissionChangeStore, type PermissionChangeStore } from './permission-changes.ts';
import { createNarrowedScopeStore, type NarrowedScopeStore } from './narrowed-scopes.ts';

/** How long a start waits for another process that is writing to the SQLite file, such as one that migrates it. */
const MIGRATION_WAIT_SECONDS = 60;

/** Everything the provider remembers, as verbs. Times are integer seconds, secrets arrive as hashes. */
export interface Store
  extends
    PeopleStore,
    PasswordCostStore,
    SessionStore,
    SessionClientStore,
    SharedSubjectStore,
    InteractionStore,
    GrantStore,
    KeyStore,
    PastKeyStore,
    RevokedKeyStore,
    UnsealedKeyStore,
    AttemptStore,
    DeviceStore,
    ClientStore,
    InitialAccessTokenStore,
    ConsentStore,
    PersonRevocationStore,
    EndEverythingStore,
    ProviderSecretStore,
    InvalidatedTokenStore,
    NarrowedScopeStore,
    PermissionChangeStore,
    OutboxStore {
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /**
   * Deletes what has expired, at most `SWEPT_AT_ONCE` rows in one call. Returns how many; as many as that means that
   * there may be more.
   */
  sweep(now: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * Opens the database of `DATABASE_URL` and brings its tables up to date.
 *
 * @param warn is told in a sentence what was put right on the way.
 * @throws Error with one sentence for a person when the database is broken or out of reach.
 */
export async function openStore(url: string, warn?: (message: string) => void): Promise<Store> {
  const db = connect(url, warn);
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw databaseError(url, error);
  }
  return {
    ...createPeopleStore(db),
    ...createPasswordCostStore(db),
    ...createSessionStore(db),
    ...createSessionClientStore(db),
    ...createSharedSubjectStore(db),
    ...createInteractionStore(db),
    ...createGrantStore(db),
    ...createKeyStore(db),
    ...createPastKeyStore(db),
    ...createRevokedKeyStore(db),
    ...createUnsealedKeyStore(db),
    ...createAttemptStore(db),
    ...createDeviceStore(db),
    ...createClientStore(db),
    ...createInitialAccessTokenStore(db),
    ...createConsentStore(db),
    ...createPersonRevocationStore(db),
    ...createEndEverythingStore(db),
    ...createProviderSecretStore(db),
    ...createInvalidatedTokenStore(db),
    ...createOutboxStore(db),
    ...createNarrowedScopeStore(db),
    ...createPermissionChangeStore(db),
    ping: async () => void (await sql`select 1`.execute(db)),
    sweep: createSweep(db),
    close: () => db.destroy(),
  };
}

function connect(url: string, warn?: (message: string) => void): Database {
  try {
    return openDatabase(url, warn);
  } catch (error) {
    throw databaseError(url, error);
  }
}

/** One transaction and lock on either engine: of several processes that start together one migrates, the others wait. */
async function migrate(db: Database): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    // What is developed side by side lands in another order than its numbers, and no migration relies on a later number.
    allowUnorderedMigrations: true,
  });
  await retryWhileLocked(MIGRATION_WAIT_SECONDS, async () => {
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}
