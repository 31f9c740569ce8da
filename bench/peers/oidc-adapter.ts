import BetterSqlite from 'better-sqlite3';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Row {
  readonly payload: string;
  readonly consumed: number | null;
}

/** oidc-provider's models in one table, each verb one prepared statement, as durable as ours. */
export function openAdapters(file: string): AdapterFactory {
  const db = new BetterSqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`create table models (
      model text not null, id text not null, payload text not null, consumed integer, expires_at integer,
      grant_id text, uid text, user_code text, primary key (model, id)) without rowid;
    create index models_by_grant on models (grant_id) where grant_id is not null;
    create index models_by_uid on models (uid) where uid is not null;
    create index models_by_user_code on models (user_code) where user_code is not null;`);
  const statements = prepareStatements(db);
  return (model) => createAdapter(model, statements);
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(db: BetterSqlite.Database) {
  const live = '(expires_at is null or expires_at > ?)';
  return {
    upsert: db.prepare(`insert into models values (?, ?, ?, null, ?, ?, ?, ?)
      on conflict do update set payload = excluded.payload, expires_at = excluded.expires_at,
      grant_id = excluded.grant_id, uid = excluded.uid, user_code = excluded.user_code`),
    find: db.prepare<unknown[], Row>(
      `select payload, consumed from models where model = ? and id = ? and ${live}`,
    ),
    findByUid: db.prepare<unknown[], Row>(
      `select payload, consumed from models where model = ? and uid = ? and ${live}`,
    ),
    findByUserCode: db.prepare<unknown[], Row>(
      `select payload, consumed from models where model = ? and user_code = ? and ${live}`,
    ),
    consume: db.prepare('update models set consumed = ? where model = ? and id = ?'),
    destroy: db.prepare('delete from models where model = ? and id = ?'),
    revokeByGrantId: db.prepare('delete from models where grant_id = ?'),
  };
}

const now = () => Math.floor(Date.now() / 1000);

function createAdapter(model: string, statements: Statements): Adapter {
  return {
    async upsert(id, payload, expiresIn) {
      const expiresAt = typeof expiresIn === 'number' ? now() + expiresIn : null;
      const { grantId = null, uid = null, userCode = null } = payload;
      statements.upsert.run(model, id, JSON.stringify(payload), expiresAt, grantId, uid, userCode);
    },
    find: async (id) => toPayload(statements.find.get(model, id, now())),
    findByUid: async (uid) => toPayload(statements.findByUid.get(model, uid, now())),
    findByUserCode: async (userCode) => toPayload(statements.findByUserCode.get(model, userCode, now())),
    consume: async (id) => void statements.consume.run(now(), model, id),
    destroy: async (id) => void statements.destroy.run(model, id),
    revokeByGrantId: async (grantId) => void statements.revokeByGrantId.run(grantId),
  };
}

function toPayload(row: Row | undefined) {
  if (!row) return undefined;
  const payload: AdapterPayload = JSON.parse(row.payload);
  return row.consumed === null ? payload : { ...payload, consumed: row.consumed };
}
