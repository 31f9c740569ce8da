import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasPostgres, startPostgres } from './throwaway-postgres.ts';

/** The databases that a provider runs on. For `describe.skipIf(skipped)`. */
export interface Engine {
  readonly name: string;
  readonly skipped: boolean;
  /** The `DATABASE_URL` of a fresh one, which goes with the stack. */
  readonly open: (disposal: AsyncDisposableStack) => Promise<string>;
}

export const engines: readonly Engine[] = [
  {
    name: 'PostgreSQL',
    skipped: !hasPostgres,
    open: async (disposal) => disposal.use(await startPostgres()).url,
  },
  {
    name: 'SQLite file',
    skipped: false,
    async open(disposal) {
      const folder = await mkdtemp(join(tmpdir(), 'idp-engine-'));
      disposal.defer(() => rm(folder, { recursive: true }));
      return `file:${join(folder, 'idp.sqlite')}`;
    },
  },
];
