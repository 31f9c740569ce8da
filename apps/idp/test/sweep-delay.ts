import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { sweepAll } from '../src/server/background-tasks.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { openStore } from '../src/store/index.ts';

// How long sweeping holds up everything else: `node apps/idp/test/sweep-delay.ts --rows 1000000 --bytes 600`.
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    bytes: { type: 'string', default: '600' },
  },
});
const [rows, bytes] = [Number(values.rows), Number(values.bytes)];
const ROWS_AT_ONCE = 500;

const folder = await mkdtemp(join(tmpdir(), 'idp-sweep-'));
const url = `file:${join(folder, 'idp.sqlite')}`;
const store = await openStore(url);
await fill();

const delay = monitorEventLoopDelay({ resolution: 1 });
// Sweeping lets a process end that has nothing else to do.
const somethingElse = setInterval(() => undefined, 1000);
const began = performance.now();
delay.enable();
await sweepAll({ store, clock: () => 2 });
delay.disable();
clearInterval(somethingElse);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
const [p50, p99, longest] = [delay.percentile(50), delay.percentile(99), delay.max].map((nanoseconds) =>
  (nanoseconds / 1e6).toFixed(1),
);
process.stdout.write(
  `${rows} rows of ${bytes} bytes in ${seconds} s; event loop held up: median ${p50} ms, 99 % ${p99} ms, at most ${longest} ms\n`,
);
await store.close();
await rm(folder, { recursive: true });

async function fill(): Promise<void> {
  const db = openDatabase(url);
  for (let done = 0; done < rows; done += ROWS_AT_ONCE) {
    const batch = Array.from({ length: ROWS_AT_ONCE }, (_, index) => ({
      id: randomUUID(),
      pending: 'x'.repeat(bytes),
      expires_at: 1,
      stage: 0,
      budget: 'network of a flood',
      arrival: done + index,
    }));
    await db.insertInto('interactions').values(batch).execute();
  }
  await db.destroy();
}
