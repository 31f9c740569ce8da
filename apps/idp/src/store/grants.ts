import type { ExpressionBuilder } from 'kysely';
import {
  type RefreshTokenFamily,
  type Grant,
  type ActiveGrant,
  type ActiveGrantRow,
  toRefreshTokenFamily,
  toGrant,
  toRow,
  toActiveGrant,
} from './grant-rows.ts';
import { type Bind, type Database, lockingRow, numberValue, prepare, textValue } from './prepared.ts';
import type { GrantsTable, PeopleTable, Schema } from './schema.ts';

export interface CodeRedemption {
  readonly codeHash: string;
  readonly clientId: string;
  readonly now: number;
  /** Hashes of the first refresh token; null for a client without that grant type. */
  readonly familyHash: string | null;
  readonly tokenHash: string | null;
}

/** A code that was given out, by its grant. */
export interface IssuedCode {
  readonly sub: string;
  readonly sid: string;
  readonly isRedeemed: boolean;
}

export interface NewCode {
  readonly hash: string;
  readonly expiresAt: number;
}

export interface RefreshTokenRotation {
  readonly familyHash: string;
  readonly presentedHash: string;
  readonly nextHash: string;
  readonly now: number;
  readonly replayRequest: string;
  readonly replayResponse: string;
}

export interface GrantStore {
  /**
   * Stores a grant under the hash of its authorization code. A grant of that id and session whose code nobody has
   * redeemed is replaced, and its code with it. False when the code was redeemed, the grant revoked, the session ended or
   * another one, or the consent that it needs taken back. One conditional statement decides every race, with redemption
   * and the end of session and consent as well.
   */
  openGrant(grant: Grant, code: NewCode, now: number, needsConsent?: boolean): Promise<boolean>;
  /** Whose grant it is and whether its code was redeemed, also of one that has been revoked. */
  findIssuedCode(grantId: string): Promise<IssuedCode | undefined>;
  /** Redeems a live code of this client, once: one conditional statement decides every race (RFC 6749 §4.1.2). */
  consumeCode(redemption: CodeRedemption): Promise<Grant | undefined>;
  /** The grant of a code that has been redeemed by this client, to revoke what a replay gave. */
  findGrantOfConsumedCode(codeHash: string, clientId: string): Promise<Grant | undefined>;
  /** Ends code, refresh tokens and, at this provider's own endpoints, access tokens. False when ended already. */
  revokeGrant(id: string, now: number): Promise<boolean>;
  findActiveGrant(id: string, now: number): Promise<ActiveGrant | undefined>;
  /** The same for one access token of the grant, which may have been revoked by itself (RFC 7009). */
  findActiveGrantOfToken(id: string, jti: string, now: number): Promise<ActiveGrant | undefined>;
  /** The family of a refresh token by the hash of its first half, while its grant is active. */
  findRefreshTokenFamily(familyHash: string, now: number): Promise<RefreshTokenFamily | undefined>;
  /** Puts the successor in the place of the presented token if it is still the current one. */
  rotateRefreshToken(rotation: RefreshTokenRotation): Promise<boolean>;
}

type OpenedGrant = GrantsTable & { readonly now: number; readonly needs_consent: 0 | 1 };

export function createGrantStore(db: Database): GrantStore {
  const redeem = prepare<CodeRedemption, GrantsTable>(db, (bind) => consumeCodeQuery(db, bind));
  const rotate = prepare<RefreshTokenRotation, { id: string }>(db, (bind) => rotateQuery(db, bind));
  const byId = prepare<{ id: string; now: number }, ActiveGrantRow>(db, (bind) =>
    activeGrants(db, bind).where('id', '=', bind('id')),
  );
  const byToken = prepare<{ id: string; jti: string; now: number }, ActiveGrantRow>(db, (bind) =>
    activeGrants(db, bind)
      .where('id', '=', bind('id'))
      .where((grant) => grant(revocation(grant, bind('jti')), 'is', null)),
  );
  const byFamily = prepare<{ familyHash: string; now: number }, ActiveGrantRow>(db, (bind) =>
    activeGrants(db, bind).where('family_hash', '=', bind('familyHash')),
  );
  const open = prepare<OpenedGrant, { id: string }>(db, (bind) => openQuery(db, bind));
  return {
    async openGrant(grant, code, now, needsConsent = false) {
      const opened = await open({ ...toRow(grant, code, now), now, needs_consent: needsConsent ? 1 : 0 });
      return opened.rows.length === 1;
    },
    findIssuedCode: (grantId) => findIssuedCode(db, grantId),
    consumeCode: async (redemption) => firstOf((await redeem(redemption)).rows, toGrant),
    findGrantOfConsumedCode: async (codeHash, clientId) => findConsumed(db, codeHash, clientId),
    revokeGrant: async (id, now) => revoke(db, id, now),
    findActiveGrant: async (id, now) => firstOf((await byId({ id, now })).rows, toActiveGrant),
    findActiveGrantOfToken: async (id, jti, now) =>
      firstOf((await byToken({ id, jti, now })).rows, toActiveGrant),
    findRefreshTokenFamily: async (familyHash, now) =>
      firstOf((await byFamily({ familyHash, now })).rows, toRefreshTokenFamily),
    rotateRefreshToken: async (rotation) => (await rotate(rotation)).rows.length === 1,
  };
}

function firstOf<R, T>(rows: readonly R[], convert: (row: R) => T): T | undefined {
  return rows[0] && convert(rows[0]);
}

/**
 * Unrevoked, unexpired, the person there and enabled, and the sign-on session alive or not needed.
 *
 * Scalar sub-selects, no join and no `exists`: those SQLite plans anew whenever other values are bound (its STAT4
 * option looks at them), which costs ten times as much as running the query.
 */
function activeGrants(db: Database, bind: Bind<{ now: number }>) {
  return db
    .selectFrom('grants')
    .selectAll('grants')
    .select((grant) => [
      ofPerson(grant, 'username').as('username'),
      ofPerson(grant, 'roles').as('roles'),
      ofPerson(grant, 'claims').as('claims'),
      ofPerson(grant, 'updated_at').as('updated_at'),
    ])
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', bind('now'))
    .where((grant) => grant(ofPerson(grant, 'username'), 'is not', null))
    .where((grant) => grant(ofPerson(grant, 'disabled_at'), 'is', null))
    .where((grant) =>
      grant.or([grant('offline_at', 'is not', null), grant(sessionEnd(grant), '>', bind('now'))]),
    )
    .$castTo<ActiveGrantRow>();
}

type OfGrant = ExpressionBuilder<Schema, 'grants'>;

function ofPerson(grant: OfGrant, column: keyof PeopleTable) {
  return grant.selectFrom('people').select(column).whereRef('people.sub', '=', 'grants.sub');
}

function sessionEnd(grant: OfGrant) {
  return grant
    .selectFrom('sessions')
    .select('sessions.expires_at')
    .whereRef('sessions.sid', '=', 'grants.sid');
}

function revocation(grant: OfGrant, jti: string) {
  return grant
    .selectFrom('revoked_tokens')
    .select('revoked_tokens.expires_at')
    .where('revoked_tokens.id', '=', jti);
}

function consumeCodeQuery(db: Database, bind: Bind<CodeRedemption>) {
  return db
    .updateTable('grants')
    .set({ code_consumed_at: bind('now'), family_hash: bind('familyHash'), token_hash: bind('tokenHash') })
    .where('code_hash', '=', bind('codeHash'))
    .where('client_id', '=', bind('clientId'))
    .where('code_consumed_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('code_expires_at', '>', bind('now'))
    .returningAll();
}

function rotateQuery(db: Database, bind: Bind<RefreshTokenRotation>) {
  return db
    .updateTable('grants')
    .set({
      token_hash: bind('nextHash'),
      previous_hash: bind('presentedHash'),
      rotated_at: bind('now'),
      replay_request: bind('replayRequest'),
      replay_response: bind('replayResponse'),
    })
    .where('family_hash', '=', bind('familyHash'))
    .where('token_hash', '=', bind('presentedHash'))
    .where('revoked_at', 'is', null)
    .returning('id');
}

function openQuery(db: Database, bind: Bind<OpenedGrant>) {
  const values = {
    client_id: bind('client_id'),
    sub: bind('sub'),
    sid: bind('sid'),
    scope: bind('scope'),
    resources: bind('resources'),
    details: bind('details'),
    offline_at: bind('offline_at'),
    code_hash: bind('code_hash'),
    code_expires_at: bind('code_expires_at'),
    expires_at: bind('expires_at'),
  };
  return db
    .insertInto('grants')
    .columns(GRANT_COLUMNS)
    .expression(() => rowOfLiveSession(db, bind))
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(values)
        .where('grants.code_consumed_at', 'is', null)
        .where('grants.revoked_at', 'is', null)
        .whereRef('grants.sub', '=', 'excluded.sub')
        .whereRef('grants.sid', '=', 'excluded.sid'),
    )
    .returning('id');
}

const GRANT_COLUMNS = [
  'id',
  'client_id',
  'sub',
  'sid',
  'scope',
  'resources',
  'details',
  'offline_at',
  'code_hash',
  'code_expires_at',
  'expires_at',
] as const;

/**
 * One row while the sign-on session is there, which whatever ends all of a person, or disables them, takes away; and the
 * consent, where the grant needs one.
 */
function rowOfLiveSession(db: Database, bind: Bind<OpenedGrant>) {
  const query = db
    .selectFrom('sessions')
    .select([
      textValue(bind('id')).as('id'),
      textValue(bind('client_id')).as('client_id'),
      'sub',
      'sid',
      textValue(bind('scope')).as('scope'),
      textValue(bind('resources')).as('resources'),
      textValue(bind('details')).as('details'),
      numberValue(bind('offline_at')).as('offline_at'),
      textValue(bind('code_hash')).as('code_hash'),
      numberValue(bind('code_expires_at')).as('code_expires_at'),
      numberValue(bind('expires_at')).as('expires_at'),
    ])
    .where('sid', '=', bind('sid'))
    .where('sub', '=', bind('sub'))
    .where('expires_at', '>', bind('now'))
    .where((session) =>
      session.or([
        session(numberValue(bind('needs_consent')), '=', 0),
        session(lockingRow(db, consentQuery(session, bind)), 'is not', null),
      ]),
    );
  return lockingRow(db, query);
}

function consentQuery(session: ExpressionBuilder<Schema, 'sessions'>, bind: Bind<OpenedGrant>) {
  return session
    .selectFrom('consents')
    .select('consents.client_id')
    .whereRef('consents.sub', '=', 'sessions.sub')
    .where('consents.client_id', '=', bind('client_id'));
}

async function findIssuedCode(db: Database, grantId: string): Promise<IssuedCode | undefined> {
  const query = db.selectFrom('grants').select(['sub', 'sid', 'code_consumed_at']).where('id', '=', grantId);
  const row = await query.executeTakeFirst();
  return row && { sub: row.sub, sid: row.sid, isRedeemed: row.code_consumed_at !== null };
}

async function findConsumed(db: Database, codeHash: string, clientId: string): Promise<Grant | undefined> {
  const query = db
    .selectFrom('grants')
    .selectAll()
    .where('code_hash', '=', codeHash)
    .where('client_id', '=', clientId);
  return firstOf(await query.where('code_consumed_at', 'is not', null).execute(), toGrant);
}

async function revoke(db: Database, id: string, now: number): Promise<boolean> {
  const update = db.updateTable('grants').set({ revoked_at: now }).where('id', '=', id);
  return (await update.where('revoked_at', 'is', null).executeTakeFirst()).numUpdatedRows === 1n;
}
