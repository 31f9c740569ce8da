import type { JWK } from 'jose';
import { jsonColumn } from './columns.ts';
import type { Database } from './prepared.ts';
import type { SigningKeysTable } from './schema.ts';

const jwkColumn = jsonColumn<JWK>();

export type KeyState = 'next' | 'current' | 'retired';

export interface StoredKey {
  readonly kid: string;
  readonly alg: string;
  readonly state: KeyState;
  readonly privateJwk: JWK;
  readonly createdAt: number;
  readonly activatedAt: number | undefined;
  readonly publishedUntil: number | undefined;
}

export interface KeyRotation {
  readonly alg: string;
  readonly nextKid: string;
  readonly newKey: Pick<StoredKey, 'kid' | 'privateJwk'>;
  readonly now: number;
  /** From when on the next key signs: now, or later, so that every verifier knows it by then. */
  readonly activatedAt: number;
  /** How long the key that steps down stays in the JWKS. */
  readonly publishedUntil: number;
}

export interface KeyStore {
  /** Keys that are published now, oldest first. */
  listSigningKeys(now: number): Promise<StoredKey[]>;
  /** Adds the first current and next key of an algorithm; false when another node was quicker. */
  addFirstKeys(keys: readonly StoredKey[]): Promise<boolean>;
  /** next → current, current → retired, a new next: all or nothing. False when somebody else rotated first. */
  rotateSigningKey(rotation: KeyRotation): Promise<boolean>;
}

export function createKeyStore(db: Database): KeyStore {
  return {
    listSigningKeys: async (now) => (await publishedKeys(db, now)).map(toKey),
    addFirstKeys: (keys) => addFirst(db, keys),
    rotateSigningKey: (rotation) => db.transaction().execute((transaction) => rotate(transaction, rotation)),
  };
}

function publishedKeys(db: Database, now: number): Promise<SigningKeysTable[]> {
  return db
    .selectFrom('signing_keys')
    .selectAll()
    .where((where) => where.or([where('published_until', 'is', null), where('published_until', '>', now)]))
    .orderBy('created_at')
    .orderBy('kid')
    .execute();
}

/** The index `signing_keys_one_of_a_state` decides: an algorithm has one current and one next key. */
async function addFirst(db: Database, keys: readonly StoredKey[]): Promise<boolean> {
  const insert = db.insertInto('signing_keys').values(keys.map(toRow));
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === BigInt(keys.length);
}

/** The current key makes room first. Who finds it current, and the next key next, is the one who rotates. */
async function rotate(db: Database, rotation: KeyRotation): Promise<boolean> {
  const retired = await db
    .updateTable('signing_keys')
    .set({ state: 'retired', published_until: rotation.publishedUntil })
    .where('alg', '=', rotation.alg)
    .where('state', '=', 'current')
    .where((where) =>
      where(
        where
          .selectFrom('signing_keys as next')
          .select('next.state')
          .where('next.kid', '=', rotation.nextKid),
        '=',
        'next',
      ),
    )
    .executeTakeFirst();
  if (retired.numUpdatedRows !== 1n) return false;
  await db
    .updateTable('signing_keys')
    .set({ state: 'current', activated_at: rotation.activatedAt })
    .where('kid', '=', rotation.nextKid)
    .execute();
  const { newKey, alg, now } = rotation;
  const next: StoredKey = {
    ...newKey,
    alg,
    state: 'next',
    createdAt: now,
    activatedAt: undefined,
    publishedUntil: undefined,
  };
  await db.insertInto('signing_keys').values(toRow(next)).execute();
  return true;
}

function toKey(row: SigningKeysTable): StoredKey {
  return {
    kid: row.kid,
    alg: row.alg,
    state: row.state === 'next' || row.state === 'current' ? row.state : 'retired',
    privateJwk: jwkColumn.read(row.private_jwk),
    createdAt: row.created_at,
    activatedAt: row.activated_at ?? undefined,
    publishedUntil: row.published_until ?? undefined,
  };
}

function toRow(key: StoredKey): SigningKeysTable {
  return {
    kid: key.kid,
    alg: key.alg,
    state: key.state,
    private_jwk: jwkColumn.write(key.privateJwk),
    created_at: key.createdAt,
    activated_at: key.activatedAt ?? null,
    published_until: key.publishedUntil ?? null,
  };
}
