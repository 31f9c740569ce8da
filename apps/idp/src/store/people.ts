import { jsonColumn, stringListColumn } from './columns.ts';
import { recordPasswordCost } from './password-costs.ts';
import { type Database, prepare } from './prepared.ts';
import type { PeopleTable } from './schema.ts';
import { isIdOfClient } from './shared-subjects.ts';

/** OIDC standard claims of a person (OIDC Core §5.1), as their names on the wire. */
export type PersonClaims = Readonly<Record<string, unknown>>;

const claimsColumn = jsonColumn<PersonClaims>();

export interface Person {
  /** Never changes, never reused. */
  readonly sub: string;
  /** Normalised by `identity/username.ts`. */
  readonly username: string;
  readonly passwordHash: string;
  readonly roles: readonly string[];
  readonly claims: PersonClaims;
  readonly disabled: boolean;
  /** When this person was last changed, in seconds: added, given other roles or a passphrase, disabled, enabled. */
  readonly updatedAt: number;
}

/** What tokens and pages say of a person. */
export type Profile = Pick<Person, 'sub' | 'username' | 'roles' | 'claims' | 'updatedAt'>;

export interface PeopleStore {
  /** False when the username or the sub is taken, the latter also by the id of a stored client. */
  addPerson(person: Person, now: number): Promise<boolean>;
  findPersonByUsername(username: string): Promise<Person | undefined>;
  findPersonBySub(sub: string): Promise<Person | undefined>;
  /** In the order of their usernames. */
  listPeople(): Promise<Person[]>;
  /** False when nobody has the username. */
  setRoles(username: string, roles: readonly string[], now: number): Promise<boolean>;
  setPasswordHash(sub: string, passwordHash: string, now: number): Promise<void>;
  /** The same passphrase under another hash, which changes nothing about the person. False when the old hash is no more. */
  replacePasswordHash(sub: string, hashes: { from: string; to: string }): Promise<boolean>;
  /** False when nobody has the username. */
  setDisabled(username: string, disabled: boolean, now: number): Promise<boolean>;
}

export function createPeopleStore(db: Database): PeopleStore {
  const byUsername = prepare<{ username: string }, PeopleTable>(db, (bind) =>
    db.selectFrom('people').selectAll().where('username', '=', bind('username')),
  );
  const bySub = prepare<{ sub: string }, PeopleTable>(db, (bind) =>
    db.selectFrom('people').selectAll().where('sub', '=', bind('sub')),
  );
  const change = async (username: string, now: number, values: Partial<PeopleTable>) => {
    const result = await db
      .updateTable('people')
      .set({ ...values, updated_at: now })
      .where('username', '=', username)
      .executeTakeFirst();
    return result.numUpdatedRows === 1n;
  };
  return {
    addPerson: (person, now) =>
      db.transaction().execute((transaction) => add(transaction, toRow(person, now))),
    findPersonByUsername: async (username) => first((await byUsername({ username })).rows),
    findPersonBySub: async (sub) => first((await bySub({ sub })).rows),
    listPeople: async () =>
      (await db.selectFrom('people').selectAll().orderBy('username').execute()).map(toPerson),
    setRoles: (username, roles, now) => change(username, now, { roles: stringListColumn.write(roles) }),
    async setPasswordHash(sub, password_hash, now) {
      await recordPasswordCost(db, password_hash);
      const update = db.updateTable('people').set({ password_hash, updated_at: now });
      await update.where('sub', '=', sub).execute();
    },
    async replacePasswordHash(sub, { from, to }) {
      await recordPasswordCost(db, to);
      const update = db.updateTable('people').set({ password_hash: to }).where('sub', '=', sub);
      return (await update.where('password_hash', '=', from).executeTakeFirst()).numUpdatedRows === 1n;
    },
    setDisabled: (username, disabled, now) => change(username, now, { disabled_at: disabled ? now : null }),
  };
}

async function add(db: Database, row: PeopleTable): Promise<boolean> {
  await recordPasswordCost(db, row.password_hash);
  if (await isIdOfClient(db, row.sub)) return false;
  const insert = db.insertInto('people').values(row);
  const result = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

function first(rows: readonly PeopleTable[]): Person | undefined {
  return rows[0] && toPerson(rows[0]);
}

export type ProfileRow = Pick<PeopleTable, 'sub' | 'username' | 'roles' | 'claims' | 'updated_at'>;

export function toProfile(row: ProfileRow): Profile {
  const { sub, username, updated_at: updatedAt } = row;
  const [roles, claims] = [stringListColumn.read(row.roles), claimsColumn.read(row.claims)];
  return { sub, username, roles, claims, updatedAt };
}

function toPerson(row: PeopleTable): Person {
  return { ...toProfile(row), passwordHash: row.password_hash, disabled: row.disabled_at !== null };
}

function toRow(person: Person, now: number): PeopleTable {
  return {
    sub: person.sub,
    username: person.username,
    password_hash: person.passwordHash,
    roles: stringListColumn.write(person.roles),
    claims: claimsColumn.write(person.claims),
    created_at: now,
    updated_at: person.updatedAt,
    disabled_at: person.disabled ? now : null,
  };
}
