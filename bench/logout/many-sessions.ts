import { openDatabase } from '../../apps/idp/src/store/open-database.ts';
import { openStore } from '../../apps/idp/src/store/index.ts';
import { setTimeout as delay } from 'node:timers/promises';
import { percentile } from '../percentile.ts';
import { type BenchProvider, startProvider } from './provider.ts';
import { type BenchSite, startSite } from './sites.ts';
import { signInsWhile } from './sign-ins-while.ts';
import { until } from './until.ts';

const PEOPLE = 100;
const SESSIONS_EACH = 100;
const SESSIONS = PEOPLE * SESSIONS_EACH;

interface ManySessions {
  readonly rate: string;
  readonly twice: string;
  readonly signIns: string;
}

/** 10 000 sessions with 3 sites each, ended at once by another process, as the command line does it. */
export async function measureManySessions(): Promise<ManySessions> {
  await using disposal = new AsyncDisposableStack();
  const sites: BenchSite[] = [];
  for (const clientId of ['one', 'two', 'three']) sites.push(disposal.use(await startSite({ clientId })));
  const registrations = sites.map(({ registration }) => registration);
  const provider = disposal.use(await startProvider(registrations));
  await fill(
    provider,
    registrations.map(({ clientId }) => clientId),
  );
  const before = await signInsWhile(provider, () => delay(10_000));
  const began = performance.now();
  await endAll(provider);
  const written = performance.now();
  const during = await signInsWhile(provider, () =>
    until(() => sites.every(({ told }) => benchedIn(told) >= SESSIONS), 600),
  );
  const seconds = (performance.now() - began) / 1000;
  const calls = sites.flatMap(({ told }) => [...told.values()]);
  const [before50, during50] = [percentile(before, 50), percentile(during, 50)];
  return {
    rate: `${Math.round((sites.length * SESSIONS) / seconds)} a second (${seconds.toFixed(0)} s; written in ${((written - began) / 1000).toFixed(1)} s)`,
    twice: String(calls.filter((count) => count > 1).length),
    signIns: `${(during50 / before50).toFixed(2)} × slower (median ${before50.toFixed(0)} and ${during50.toFixed(0)} ms)`,
  };
}

/** Those of the benchmark's own sessions; the person who signs in meanwhile has some as well. */
const benchedIn = (told: ReadonlyMap<string, number>): number =>
  [...told.keys()].filter((sid) => sid.startsWith('bench-')).length;

async function fill({ databaseUrl }: BenchProvider, clientIds: readonly string[]): Promise<void> {
  const db = openDatabase(databaseUrl);
  const now = Math.floor(Date.now() / 1000);
  for (let person = 0; person < PEOPLE; person += 1) {
    const sids = Array.from({ length: SESSIONS_EACH }, (_, index) => `bench-${person}-${index}`);
    const session = {
      sub: subOf(person),
      auth_time: now,
      acr: 'pwd',
      amr: '["pwd"]',
      expires_at: now + 3600,
    };
    await db
      .insertInto('sessions')
      .values(sids.map((sid) => ({ ...session, sid, cookie_hash: `cookie-${sid}` })))
      .execute();
    const clients = sids.flatMap((session_id) =>
      clientIds.map((client_id) => ({
        session_id,
        client_id,
        sid: `${session_id} ${client_id}`,
        reached_at: now,
      })),
    );
    await db.insertInto('session_clients').values(clients).execute();
  }
  await db.destroy();
}

const subOf = (person: number): string => `bench-person-${person}`;

async function endAll({ databaseUrl }: BenchProvider): Promise<void> {
  const store = await openStore(databaseUrl);
  const end = { ending: 'sign-out-everywhere', now: Math.floor(Date.now() / 1000) } as const;
  for (let person = 0; person < PEOPLE; person += 1) await store.endSessionsOfPerson(subOf(person), end);
  await store.close();
}
