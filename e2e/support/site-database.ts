import Database from 'better-sqlite3';
import { z } from 'zod';
import type { StackInfo } from './shared-stack.ts';

const counted = z.object({ rows: z.number() });

/** How many rows a table of a site's own database has. */
export function countRows(
  { files }: StackInfo,
  site: 'shop' | 'blog',
  table: 'spent' | 'revocations',
): number {
  const database = new Database(files.databases[site], { readonly: true });
  try {
    return counted.parse(database.prepare(`select count(*) as rows from ${table}`).get()).rows;
  } finally {
    database.close();
  }
}
