import type { Migration } from 'kysely/migration';
import * as first from './0001-first.ts';
import * as attempts from './0002-attempts.ts';

/** In the order of their names; a migration that landed is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
  '0002-attempts': attempts,
};
