import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { hashOfRoles } from '../../apps/idp/src/access/live-roles.ts';
import { openStore } from '../../apps/idp/src/store/index.ts';
import { openDatabase } from '../../apps/idp/src/store/open-database.ts';
import { portOf } from '../../e2e/support/free-port.ts';
import { type BenchProvider, type ClientRegistration, startProvider } from '../logout/provider.ts';
import { signInsWhile } from '../logout/sign-ins-while.ts';
import { until } from '../logout/until.ts';
import { percentile } from '../percentile.ts';
import { access } from './contract.ts';

const PEOPLE = 10_000;
const SITES = ['one', 'two'];
/** How many rows one statement adds. */
const CHUNK = 500;

interface ChangedRole {
  readonly rate: string;
  readonly twice: string;
  readonly signIns: string;
}

/** A role of 10 000 people who are signed in at 2 sites, told by another process, as the command line does it. */
export async function measureChangedRole(): Promise<ChangedRole> {
  await using disposal = new AsyncDisposableStack();
  const sites: ToldSite[] = [];
  for (const clientId of SITES) sites.push(disposal.use(await startToldSite(clientId)));
  const registrations = sites.map(({ registration }) => registration);
  const provider = disposal.use(await startProvider(registrations, access));
  await fill(provider);
  // The first sign-ins of a process take longer.
  await signInsWhile(provider, () => delay(5000));
  const before = await signInsWhile(provider, () => delay(10_000));
  const began = performance.now();
  const during = await signInsWhile(provider, async () => {
    await tellAll(provider);
    await until(() => sites.every(({ told }) => told.size >= PEOPLE), 600);
  });
  const seconds = (performance.now() - began) / 1000;
  // Other programs may have held up those before: the quicker ones count.
  const after = await signInsWhile(provider, () => delay(10_000));
  const calls = sites.flatMap(({ told }) => [...told.values()]);
  const [alone50, during50] = [
    Math.min(percentile(before, 50), percentile(after, 50)),
    percentile(during, 50),
  ];
  return {
    rate: `${Math.round((SITES.length * PEOPLE) / seconds)} a second (${seconds.toFixed(0)} s, the command with them)`,
    twice: String(calls.filter((count) => count > 1).length),
    signIns: `${(during50 / alone50).toFixed(2)} × slower (median ${alone50.toFixed(0)} and ${during50.toFixed(0)} ms)`,
  };
}

async function fill({ databaseUrl }: BenchProvider): Promise<void> {
  const db = openDatabase(databaseUrl);
  const now = Math.floor(Date.now() / 1000);
  const all = Array.from({ length: PEOPLE }, (_, index) => `bench-${index}`);
  const ofAll = { password_hash: 'none', roles: '["reader"]', claims: '{}', disabled_at: null };
  const session = { auth_time: now, acr: 'pwd', amr: '["pwd"]', expires_at: now + 3600 };
  for (let start = 0; start < PEOPLE; start += CHUNK) {
    const subs = all.slice(start, start + CHUNK);
    await db
      .insertInto('people')
      .values(subs.map((sub) => ({ ...ofAll, sub, username: sub, created_at: now, updated_at: now })))
      .execute();
    await db
      .insertInto('sessions')
      .values(subs.map((sub) => ({ ...session, sub, sid: `session-${sub}`, cookie_hash: `cookie-${sub}` })))
      .execute();
    const reached = subs.flatMap((sub) =>
      SITES.map((client_id) => ({
        session_id: `session-${sub}`,
        client_id,
        sid: `${client_id} ${sub}`,
        reached_at: now,
      })),
    );
    await db.insertInto('session_clients').values(reached).execute();
  }
  await db.destroy();
}

async function tellAll({ databaseUrl }: BenchProvider): Promise<void> {
  const store = await openStore(databaseUrl);
  await store.noteRoles(hashOfRoles(access.roles));
  for (let after: string | undefined = ''; after !== undefined;) {
    const batch = await store.tellPeopleOfRole('reader', after, Math.floor(Date.now() / 1000));
    after = batch.last;
  }
  await store.close();
}

/** A site that takes security events. */
interface ToldSite extends AsyncDisposable {
  readonly registration: ClientRegistration;
  /** Each person it was told of, and how often. */
  readonly told: Map<string, number>;
}

async function startToldSite(clientId: string): Promise<ToldSite> {
  const told = new Map<string, number>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const sub = subIn(body);
      told.set(sub, (told.get(sub) ?? 0) + 1);
      response.writeHead(202).end();
      return undefined;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const metadata = { security_event_uri: `http://127.0.0.1:${portOf(server)}/events` };
  return {
    registration: { clientId, metadata },
    told,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Of a token that the bench itself asked for: nothing depends on its signature here. */
function subIn(token: string): string {
  const [, payload = ''] = token.split('.');
  const claims: { sub_id?: { sub?: string } } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return claims.sub_id?.sub ?? '';
}
