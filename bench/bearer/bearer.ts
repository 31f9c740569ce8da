import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ApiRequest,
  createResourceServer,
  type ResourceServer,
} from '../../packages/auth/src/resource/index.ts';
import { createMemoryRevocations, type RevocationStore } from '../../packages/auth/src/session/index.ts';
import { createTestIssuer, type TestIssuer } from '../../packages/auth/src/testing/index.ts';
import {
  authMigrations,
  createAuthStores,
  openSiteDatabase,
} from '../../packages/site/src/database/index.ts';
import type { Bench } from '../bench.ts';
import { toTable } from '../table.ts';

const CALLS = 20_000;
/** Sessions that ended and could still be alive by their age. */
const ENDED = 1000;

export const bearer: Bench = {
  name: 'bearer',
  what: 'a bearer token that was verified a moment ago, with and without a look at the ended sessions',
  async run(print) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-bearer-'));
    const issuer = await createTestIssuer();
    const file = join(folder, 'db');
    const database = await openSiteDatabase({ site: 'bench', file, migrations: authMigrations });
    const stores = [
      ['none', undefined],
      ['memory', createMemoryRevocations(issuer.clock)],
      ['SQLite file', createAuthStores(async () => database, issuer.clock).revocations],
    ] as const;
    const rows: string[][] = [];
    for (const [what, store] of stores) {
      print(`${what} …`);
      rows.push([what, await microsecondsPerCall(issuer, store)]);
    }
    await database.destroy();
    rmSync(folder, { recursive: true });
    return toTable(['revocations', 'µs a call'], rows);
  },
};

async function microsecondsPerCall(issuer: TestIssuer, store: RevocationStore | undefined): Promise<string> {
  const row = { issuer: issuer.issuer, at: 1, until: issuer.clock() + 3600 };
  for (let ended = 0; ended < ENDED; ended += 1) await store?.revoke({ ...row, sid: `ended-${ended}` });
  const { audience, fetch, clock } = issuer;
  const revocations = store ? { revocations: store } : {};
  const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock, ...revocations });
  const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken()}` });
  const request = { method: 'GET', url: audience, headers };
  await call(api, request, CALLS / 10);
  const began = performance.now();
  await call(api, request, CALLS);
  return (((performance.now() - began) / CALLS) * 1000).toFixed(1);
}

async function call(api: ResourceServer<string>, request: ApiRequest, times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) await api.authenticate(request);
}
