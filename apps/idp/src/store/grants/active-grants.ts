import type { ExpressionBuilder } from 'kysely';
import type { Bind, Database } from '../prepared.ts';
import type { PeopleTable, Schema } from '../schema.ts';
import type { ActiveGrantRow } from './grant-rows.ts';

/**
 * Unrevoked, unexpired, the person there and enabled, and the sign-on session alive or not needed.
 *
 * Scalar sub-selects, no join and no `exists`: those SQLite plans anew whenever other values are bound (its STAT4
 * option looks at them), which costs ten times as much as running the query.
 */
export function activeGrants(db: Database, bind: Bind<{ now: number }>) {
  return db
    .selectFrom('grants')
    .selectAll('grants')
    .select((grant) => [
      ofPerson(grant, 'username').as('username'),
      ofPerson(grant, 'roles').as('roles'),
      ofPerson(grant, 'claims').as('claims'),
      ofPerson(grant, 'updated_at').as('updated_at'),
      allowedScope(grant).as('allowed'),
      sessionEnd(grant).as('session_end'),
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

function allowedScope(grant: OfGrant) {
  return grant
    .selectFrom('consents')
    .select('consents.allowed')
    .whereRef('consents.sub', '=', 'grants.sub')
    .whereRef('consents.client_id', '=', 'grants.client_id');
}

function sessionEnd(grant: OfGrant) {
  return grant
    .selectFrom('sessions')
    .select('sessions.expires_at')
    .whereRef('sessions.sid', '=', 'grants.sid');
}

/** Of one token at a time, since a scalar sub-select may find one row at most. */
export function revocation(grant: OfGrant, jti: string) {
  return grant
    .selectFrom('revoked_tokens')
    .select('revoked_tokens.expires_at')
    .where('revoked_tokens.id', '=', jti);
}
