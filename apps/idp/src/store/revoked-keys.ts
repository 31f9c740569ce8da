import { type Database, lockSigningKeys } from './prepared.ts';
import { addFirst, addNext, type NewKey, promoteNext, type StoredKey } from './signing-keys.ts';

export interface KeyRevocation {
  readonly kid: string;
  readonly now: number;
  /** The next key, where the revoked one was the next, or makes it the current one. */
  readonly replacement: NewKey;
}

export interface RevokedKey {
  readonly kid: string;
  readonly alg: string;
  /** Undefined for a key that counts. */
  readonly revokedAt: number | undefined;
}

export interface RevokedKeyStore {
  /** A key, whatever it does or did. */
  findKey(kid: string): Promise<RevokedKey | undefined>;
  /** Keys that never count again, the latest first. */
  listRevokedKeys(): Promise<RevokedKey[]>;
  /** The key's private half is gone, and another takes its place at once. False when it was revoked before. */
  revokeKey(revocation: KeyRevocation): Promise<boolean>;
  /** Revokes every key and puts others in their place. Returns which were revoked. */
  revokeAllKeys(now: number, replacements: readonly StoredKey[]): Promise<RevokedKey[]>;
}

export function createRevokedKeyStore(db: Database): RevokedKeyStore {
  return {
    async findKey(kid) {
      const row = await keysOf(db).where('kid', '=', kid).executeTakeFirst();
      return row && toRevoked(row);
    },
    async listRevokedKeys() {
      const revoked = keysOf(db).where('revoked_at', 'is not', null);
      return (await revoked.orderBy('revoked_at', 'desc').orderBy('kid').execute()).map(toRevoked);
    },
    revokeKey: (revocation) => db.transaction().execute((transaction) => revoke(transaction, revocation)),
    revokeAllKeys: (now, replacements) =>
      db.transaction().execute((transaction) => revokeAll(transaction, now, replacements)),
  };
}

function keysOf(db: Database) {
  return db.selectFrom('signing_keys').select(['kid', 'alg', 'state', 'revoked_at']);
}

async function revoke(db: Database, { kid, now, replacement }: KeyRevocation): Promise<boolean> {
  const known = await keysOf(db).where('kid', '=', kid).executeTakeFirst();
  if (!known) return false;
  await lockSigningKeys(db, known.alg);
  // Read again: while this waited for the lock the key may have changed its state.
  const key = await keysOf(db).where('kid', '=', kid).executeTakeFirst();
  if (!key || key.revoked_at !== null) return false;
  await markRevoked(db, now).where('kid', '=', kid).execute();
  if (key.state === 'current') await promoteNext(db, key.alg, now);
  if (key.state === 'retired') await hasten(db, key.alg, now);
  if (key.state !== 'retired') await addNext(db, { alg: key.alg, newKey: replacement, now });
  return true;
}

/** A rotation under way takes effect at once: the revoked key may be the one that still signs. */
async function hasten(db: Database, alg: string, now: number): Promise<void> {
  await db
    .updateTable('signing_keys')
    .set({ activated_at: now })
    .where('alg', '=', alg)
    .where('state', '=', 'current')
    .where('activated_at', '>', now)
    .execute();
}

async function revokeAll(
  db: Database,
  now: number,
  replacements: readonly StoredKey[],
): Promise<RevokedKey[]> {
  await lockSigningKeys(db);
  const revoked = await markRevoked(db, now)
    .where('revoked_at', 'is', null)
    .returning(['kid', 'alg', 'state', 'revoked_at'])
    .execute();
  if (revoked.length > 0) await addFirst(db, replacements);
  return revoked.map(toRevoked);
}

/** A key that was never sealed leaves the mark that its bytes have to be erased. */
function markRevoked(db: Database, now: number) {
  return db.updateTable('signing_keys').set((column) => ({
    state: 'revoked',
    revoked_at: now,
    sealed_jwk: null,
    unsealed_jwk: column
      .case()
      .when('unsealed_jwk', 'is', null)
      .then(column.lit(null))
      .else(column.val(''))
      .end(),
  }));
}

function toRevoked(row: { kid: string; alg: string; revoked_at: number | null }): RevokedKey {
  return { kid: row.kid, alg: row.alg, revokedAt: row.revoked_at ?? undefined };
}
