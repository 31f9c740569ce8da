import type { JWK } from 'jose';
import { jsonColumn } from './columns.ts';
import { type Database, lockSigningKeys } from './prepared.ts';
import type { SigningKeysTable } from './schema.ts';

const jwkColumn = jsonColumn<JWK>();

type KeyState = 'next' | 'current' | 'retired';

export interface StoredKey {
  readonly kid: string;
  readonly alg: string;
  readonly state: KeyState;
  readonly publicJwk: JWK;
  /** The private key as the `keys` room sealed it; undefined for one that signs no more. */
  readonly sealedJwk: string | undefined;
  readonly createdAt: number;
  readonly activatedAt: number | undefined;
  readonly publishedUntil: number | undefined;
}

/** A key that was just made. */
export type NewKey = Pick<StoredKey, 'kid' | 'publicJwk' | 'sealedJwk'>;

export interface KeyRotation {
  readonly alg: string;
  readonly nextKid: string;
  readonly newKey: NewKey;
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
  /** Puts another seal in the place of the one that was read. */
  resealKey(kid: string, from: string, to: string): Promise<void>;
}

export function createKeyStore(db: Database): KeyStore {
  return {
    listSigningKeys: async (now) => (await publishedKeys(db, now)).map(toKey),
    addFirstKeys: (keys) => addFirst(db, keys),
    rotateSigningKey: (rotation) => db.transaction().execute((transaction) => rotate(transaction, rotation)),
    async resealKey(kid, from, to) {
      const key = db.updateTable('signing_keys').set({ sealed_jwk: to }).where('kid', '=', kid);
      await key.where('sealed_jwk', '=', from).execute();
    },
  };
}

function publishedKeys(db: Database, now: number): Promise<SigningKeysTable[]> {
  return db
    .selectFrom('signing_keys')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where((where) => where.or([where('published_until', 'is', null), where('published_until', '>', now)]))
    .orderBy('created_at')
    .orderBy('kid')
    .execute();
}

/** The index `signing_keys_one_of_a_state` decides: an algorithm has one current and one next key. */
export async function addFirst(db: Database, keys: readonly StoredKey[]): Promise<boolean> {
  const insert = db.insertInto('signing_keys').values(keys.map(toRow));
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === BigInt(keys.length);
}

/** Who finds the next key next is the one who rotates. */
async function rotate(db: Database, rotation: KeyRotation): Promise<boolean> {
  const { alg, nextKid, newKey, now, activatedAt, publishedUntil } = rotation;
  await lockSigningKeys(db, alg);
  const keys = db.selectFrom('signing_keys').select('kid').where('alg', '=', alg);
  const next = await keys.where('state', '=', 'next').executeTakeFirst();
  if (next?.kid !== nextKid) return false;
  // The index allows one current key, so this one makes room first.
  await db
    .updateTable('signing_keys')
    .set({ state: 'retired', published_until: publishedUntil })
    .where('alg', '=', alg)
    .where('state', '=', 'current')
    .execute();
  await promoteNext(db, alg, activatedAt);
  await addNext(db, { alg, newKey, now });
  return true;
}

export async function promoteNext(db: Database, alg: string, activatedAt: number): Promise<void> {
  await db
    .updateTable('signing_keys')
    .set({ state: 'current', activated_at: activatedAt })
    .where('alg', '=', alg)
    .where('state', '=', 'next')
    .execute();
}

export async function addNext(
  db: Database,
  { alg, newKey, now }: Pick<KeyRotation, 'alg' | 'newKey' | 'now'>,
): Promise<void> {
  const times = { createdAt: now, activatedAt: undefined, publishedUntil: undefined };
  await db
    .insertInto('signing_keys')
    .values(toRow({ ...newKey, alg, state: 'next', ...times }))
    .execute();
}

function toKey(row: SigningKeysTable): StoredKey {
  return {
    kid: row.kid,
    alg: row.alg,
    state: row.state === 'next' || row.state === 'current' ? row.state : 'retired',
    publicJwk: jwkColumn.read(row.public_jwk),
    sealedJwk: row.sealed_jwk ?? undefined,
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
    public_jwk: jwkColumn.write(key.publicJwk),
    sealed_jwk: key.sealedJwk ?? null,
    unsealed_jwk: null,
    created_at: key.createdAt,
    activated_at: key.activatedAt ?? null,
    published_until: key.publishedUntil ?? null,
    revoked_at: null,
  };
}
