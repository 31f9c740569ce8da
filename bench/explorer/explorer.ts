import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../e2e/support/free-port.ts';
import { openPage, type OpenPage } from '../../e2e/support/open-page.ts';
import type { Bench } from '../bench.ts';
import { percentile } from '../percentile.ts';
import { toTable } from '../table.ts';
import { type LogFiles, writeMessages } from './log-lines.ts';

const KEPT = 5000;
const A_SECOND = 50;
const SECONDS = 30;
/** Requests are written this often, as many at once as are due. */
const PAUSE_MILLISECONDS = 100;
const HOST = 'shop.localhost';

export const explorer: Bench = {
  name: 'explorer',
  what: 'the explorer with 5,000 steps at 50 a second: how soon each is drawn, and the longest frame',
  async run(print) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-explorer-'));
    const files = { accessLog: join(folder, 'access.log'), eventLog: join(folder, 'shop.log') };
    for (const file of Object.values(files)) writeFileSync(file, '');
    const { child, origin } = await startExplorer(files);
    const { page, close } = await openPage();
    try {
      await page.goto(origin);
      print(`Writing ${KEPT} requests …`);
      await fill(page, files);
      print(`${A_SECOND} a second for ${SECONDS} s …`);
      const idle = await measure(page, files, 0);
      const measured = await measure(page, files, A_SECOND);
      return toTable(HEADER, [
        GOAL,
        rowOf('nothing happens', idle),
        rowOf(`${A_SECOND} more a second`, measured),
      ]);
    } finally {
      await close();
      child.kill();
      rmSync(folder, { recursive: true });
    }
  },
};

const HEADER = [
  `${KEPT} steps kept`,
  'drawn after ms, median',
  'p95',
  'longest frame, ms',
  'frames over 50 ms',
  'requests written',
];
const GOAL = ['goal', '', '≤ 200', '≤ 50', '0', `${A_SECOND * SECONDS}`];

interface Measured {
  readonly waits: readonly number[];
  readonly frames: readonly number[];
  readonly steps: number;
}

function rowOf(what: string, { waits, frames, steps }: Measured): string[] {
  const slow = frames.filter((frame) => frame > 50).length;
  const numbers = [percentile(waits, 50), percentile(waits, 95), Math.max(...frames), slow, steps];
  return [what, ...numbers.map((one) => one.toFixed(0))];
}

async function startExplorer(files: LogFiles): Promise<{ child: ChildProcess; origin: string }> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const sites = { shop: `https://${HOST}`, blog: 'https://blog.localhost', idp: 'https://idp.localhost' };
  const logs = { shop: files.eventLog, blog: `${files.eventLog}.none`, idp: `${files.eventLog}.none` };
  const env = {
    PATH: process.env['PATH'],
    PORT: String(port),
    ORIGIN: origin,
    SITES: JSON.stringify(sites),
    ACCESS_LOG: files.accessLog,
    EVENT_LOGS: JSON.stringify(logs),
  };
  const cwd = fileURLToPath(new URL('../../apps/explorer', import.meta.url));
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await fetch(`${origin}/healthz`).catch(() => undefined))?.ok) return { child, origin };
    await delay(100);
  }
  throw new Error('the explorer does not start');
}

type Page = OpenPage['page'];

async function fill(page: Page, files: LogFiles): Promise<void> {
  await page.getByRole('button', { name: 'Skip the tour' }).click();
  for (let written = 0; written < KEPT; written += 250) {
    writeMessages(files, HOST, 250);
    await delay(100);
  }
  await page.getByText(/Live · 5\d{3} steps/).waitFor();
}

async function measure(page: Page, files: LogFiles, perSecond: number): Promise<Measured> {
  await page.evaluate(watch);
  const began = Date.now();
  let written = 0;
  while (Date.now() - began < SECONDS * 1000) {
    const due = Math.floor(((Date.now() - began) / 1000) * perSecond);
    if (due > written) writeMessages(files, HOST, due - written);
    written = due;
    await delay(PAUSE_MILLISECONDS);
  }
  await delay(1000);
  const { waits, frames } = await page.evaluate(() => Reflect.get(globalThis, 'seen'));
  return { waits, frames, steps: written };
}

/** In the page: when a row is there for the first time, and how long each frame took. */
function watch(): void {
  const seen: { waits: number[]; frames: number[] } = { waits: [], frames: [] };
  Reflect.set(globalThis, 'seen', seen);
  let newest = Date.now();
  const list = document.querySelector('.timeline-rows');
  if (!list) throw new Error('the diagram is not there');
  new MutationObserver(() => {
    const times = [...list.querySelectorAll('.message-title')].map(({ textContent }) =>
      Number(/\/seen\/(\d+)/.exec(textContent ?? '')?.[1] ?? 0),
    );
    const fresh = Math.max(newest, ...times);
    if (fresh > newest) seen.waits.push(Date.now() - fresh);
    newest = fresh;
  }).observe(list, { childList: true, subtree: true, characterData: true });
  let last = performance.now();
  const frame = (now: number) => {
    seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
