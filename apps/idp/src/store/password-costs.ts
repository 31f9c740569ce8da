import { type Database, prepare } from './prepared.ts';

/**
 * What checking a passphrase costs, as its hash begins: `$argon2id$v=19$m=19456,t=2,p=1`. Undefined for a text that is no
 * such hash.
 */
export function passwordCostOf(passwordHash: string): string | undefined {
  return HASH.exec(passwordHash)?.groups?.['cost'];
}

/** The PHC string format of argon2id: version, figures, salt and hash. */
const HASH =
  /^(?<cost>\$argon2id\$v=\d{2}\$m=\d{1,7},t=\d{1,3},p=\d{1,3})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,86}$/;

export interface PasswordCostStore {
  /** The costs of all stored passphrases, in a fixed order; maybe some that no longer occur. */
  listPasswordCosts(): Promise<string[]>;
  /** Remembers what checking this hash costs. */
  recordPasswordCost(passwordHash: string): Promise<void>;
  /** Forgets the costs that no stored passphrase has any more. Reads all people. */
  forgetUnusedPasswordCosts(): Promise<void>;
}

export function createPasswordCostStore(db: Database): PasswordCostStore {
  const list = prepare<object, { cost: string }>(db, () =>
    db.selectFrom('password_costs').select('cost').orderBy('cost'),
  );
  const listPasswordCosts = async () => (await list({})).rows.map(({ cost }) => cost);
  return {
    listPasswordCosts,
    recordPasswordCost: (passwordHash) => recordPasswordCost(db, passwordHash),
    async forgetUnusedPasswordCosts() {
      for (const cost of await listPasswordCosts()) {
        // The characters of a cost mean themselves in a pattern.
        const people = db.selectFrom('people').select('sub').where('password_hash', 'like', `${cost}$%`);
        const isUsed = (await people.limit(1).execute()).length > 0;
        if (!isUsed) await db.deleteFrom('password_costs').where('cost', '=', cost).execute();
      }
    },
  };
}

/** Before the hash itself is stored: a cost too many is harmless, one that is missing tells who has an account. */
export async function recordPasswordCost(db: Database, passwordHash: string): Promise<void> {
  const cost = passwordCostOf(passwordHash);
  if (cost === undefined) return;
  const insert = db.insertInto('password_costs').values({ cost });
  await insert.onConflict((conflict) => conflict.doNothing()).execute();
}
