import type { Migration } from 'kysely/migration';
import * as first from './0001-first.ts';

/** In the order of their names; a migration that landed is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': first,
};
