import type { ExpressionBuilder } from 'kysely';
import { type Bind, type Database, lockingRow, numberValue, textValue } from '../prepared.ts';
import type { GrantsTable, Schema } from '../schema.ts';

export interface NewCode {
  readonly hash: string;
  readonly expiresAt: number;
}

export type OpenedGrant = GrantsTable & { readonly now: number };

export function openQuery(db: Database, bind: Bind<OpenedGrant>) {
  const values = {
    client_id: bind('client_id'),
    sub: bind('sub'),
    sid: bind('sid'),
    scope: bind('scope'),
    resources: bind('resources'),
    details: bind('details'),
    offline_at: bind('offline_at'),
    consent_at: bind('consent_at'),
    code_hash: bind('code_hash'),
    code_expires_at: bind('code_expires_at'),
    arrival: bind('arrival'),
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
  'consent_at',
  'code_hash',
  'code_expires_at',
  'arrival',
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
      numberValue(bind('consent_at')).as('consent_at'),
      textValue(bind('code_hash')).as('code_hash'),
      numberValue(bind('code_expires_at')).as('code_expires_at'),
      numberValue(bind('arrival')).as('arrival'),
      numberValue(bind('expires_at')).as('expires_at'),
    ])
    .where('sid', '=', bind('sid'))
    .where('sub', '=', bind('sub'))
    .where('expires_at', '>', bind('now'))
    .where((session) =>
      session.or([
        session(numberValue(bind('consent_at')), 'is', null),
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
