import type BetterSqlite from 'better-sqlite3';
import type { CompiledQuery, QueryResult } from 'kysely';

/** The one connection to the file. What it runs, it runs before it returns. */
export interface SqliteConnection {
  // The caller knows what its rows are; `never` fits whatever it says.
  run(query: CompiledQuery): QueryResult<never>;
  /** Whether a statement changes nothing. */
  isReadOnly(sql: string): boolean;
  isInTransaction(): boolean;
  close(): void;
}

export function createConnection(sqlite: BetterSqlite.Database): SqliteConnection {
  const prepare = keepStatements(sqlite);
  return {
    run({ sql, parameters }) {
      const statement = prepare(sql);
      if (statement.reader) return { rows: statement.all(...parameters) };
      const { changes, lastInsertRowid } = statement.run(...parameters);
      return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] };
    },
    isReadOnly: (sql) => prepare(sql).readonly,
    isInTransaction: () => sqlite.inTransaction,
    close: () => void sqlite.close(),
  };
}

type Statement = BetterSqlite.Statement<unknown[], never>;

/** Keeps prepared statements; Kysely would prepare each anew at every call. */
function keepStatements(sqlite: BetterSqlite.Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = sqlite.prepare<unknown[], never>(sql);
    if (/^\s*(select|insert|update|delete)/i.test(sql)) statements.set(sql, statement);
    return statement;
  };
}
