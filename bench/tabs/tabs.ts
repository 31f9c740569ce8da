import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { openShopDatabase } from '../../apps/shop/src/database/database.ts';
import { createAuthStores } from '../../packages/site/src/database/index.ts';
import type { Bench } from '../bench.ts';
import { percentile } from '../percentile.ts';
import { toTable } from '../table.ts';
import { ISSUER, type Place, sessionCookie } from './person.ts';
import { type Program, type ProgramOptions, startPlainSite, startShop } from './programs.ts';

const TABS = 1000;
const SECONDS = 20;
/** So many people sign out at this process, and as many of whom another one hears that they did. */
const ENDED = 200;

export const tabs: Bench = {
  name: 'tabs',
  what: '1,000 open tabs at one site: queries a second, memory, and how soon they hear of a sign-out',
  async run(print) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-tabs-'));
    try {
      const options = { sessionKey: randomBytes(32).toString('base64url'), databaseFile: join(folder, 'db') };
      const plain = await measure('a plain Node server', () => startPlainSite(options), options, print);
      const shop = await measure('the shop, `next start`', () => startShop(options), options, print);
      return toTable([...HEADER], [['goal', '≤ 1', '≤ 30', '≤ 300', '≤ 2000', '', '≤ 2000'], plain, shop]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const HEADER = [
  `${TABS} open tabs at`,
  'queries a second',
  'MiB more',
  'told here, heard after ms, median',
  'p99',
  'told another process, ms, median',
  'p99',
] as const;

async function measure(
  what: string,
  start: () => Promise<Program>,
  options: ProgramOptions,
  print: (line: string) => void,
): Promise<readonly string[]> {
  const program = await start();
  print(`${what}: opening ${TABS} tabs …`);
  try {
    await warmUp(program.place);
    await program.queries();
    const before = program.memory();
    const open = await openTabs(program.place);
    const asked = await program.queries();
    await delay(SECONDS * 1000);
    const queries = (await program.queries()) ?? 0;
    const memory = program.memory() - before;
    const here = await signOut(program.place, open.slice(0, ENDED));
    const elsewhere = await endSessions(open.slice(ENDED, 2 * ENDED), options.databaseFile);
    for (const { leave } of open) leave();
    const perSecond = asked === undefined ? 'the same' : ((queries - asked) / SECONDS).toFixed(2);
    const times = [here, elsewhere].flatMap((waits) => [percentile(waits, 50), percentile(waits, 99)]);
    return [what, perSecond, memory.toFixed(1), ...times.map((wait) => wait.toFixed(0))];
  } finally {
    await program.stop();
  }
}

interface Tab {
  readonly sub: string;
  readonly cookie: string;
  /** When the stream said that the session ended; milliseconds of this process. */
  readonly heard: Promise<number>;
  readonly leave: () => void;
}

/** The first time Node makes room for so many connections, and keeps it: that is no cost of a tab. */
async function warmUp(place: Place): Promise<void> {
  for (const { leave } of await openTabs(place)) leave();
  await delay(5000);
}

async function openTabs(place: Place): Promise<readonly Tab[]> {
  const open: Tab[] = [];
  for (let tab = 0; tab < TABS; tab += 1) open.push(await openTab(place, `person-${tab}`));
  return open;
}

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });

async function openTab(place: Place, sub: string): Promise<Tab> {
  const cookie = await sessionCookie(place, sub);
  const headers = { cookie, 'sec-fetch-site': 'same-origin' };
  const sent = request(`${place.baseUrl}/auth/events`, { headers, agent });
  const answer = await answerTo(sent);
  if (answer.statusCode !== 200) throw new Error(`the stream answers ${answer.statusCode}`);
  const heard = new Promise<number>((resolve) => {
    answer.on('data', (part) => {
      if (String(part).includes('data: changed')) resolve(performance.now());
    });
  });
  return { sub, cookie, heard, leave: () => void sent.destroy() };
}

function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.on('response', resolve).on('error', reject).end();
  });
}

/** Presses "Sign out" in another tab of each browser. @returns how long each open tab took to hear, milliseconds */
async function signOut({ baseUrl }: Place, open: readonly Tab[]): Promise<readonly number[]> {
  const waits: number[] = [];
  for (const { cookie, heard } of open) {
    const began = performance.now();
    const headers = { cookie, origin: baseUrl };
    request(`${baseUrl}/auth/logout`, { method: 'POST', headers, agent })
      .on('response', (answer) => answer.resume())
      .end();
    waits.push((await heard) - began);
  }
  return waits;
}

/** Writes into the site's database as another process of it would. @returns how long each tab took to hear, milliseconds */
async function endSessions(open: readonly Tab[], file: string): Promise<readonly number[]> {
  const database = await openShopDatabase(file);
  const { revocations } = createAuthStores(async () => database);
  const waits: Promise<number>[] = [];
  for (const { sub, heard } of open) {
    const at = Math.floor(Date.now() / 1000);
    const began = performance.now();
    await revocations.revoke({ issuer: ISSUER, sub, at, until: at + 3600 });
    waits.push(heard.then((moment) => moment - began));
    await delay(13);
  }
  const found = await Promise.all(waits);
  await database.destroy();
  return found;
}
