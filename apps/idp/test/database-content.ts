import { sql } from 'kysely';
import { openDatabase } from '../src/store/open-database.ts';

export interface DatabaseContent {
  /** Every row of every table, in a fixed order. */
  read(): Promise<Record<string, readonly string[]>>;
  close(): Promise<void>;
}

/** Looks at what a provider stored, by a connection of its own. */
export function openDatabaseContent(url: string): DatabaseContent {
  const db = openDatabase(url);
  return {
    async read() {
      const content: Record<string, readonly string[]> = {};
      for (const { name } of await db.introspection.getTables()) {
        const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
        content[name] = rows.map((row) => JSON.stringify(row)).toSorted();
      }
      return content;
    },
    close: () => db.destroy(),
  };
}
