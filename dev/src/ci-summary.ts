import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeTally, exitCodeOf, tallyOf } from './ci/tally.ts';

// Usage: node dev/src/ci-summary.ts <exit code of the test run>. Its last line is `N passed, N failed`.

const root = fileURLToPath(new URL('../..', import.meta.url));

function readJson(...path: string[]): unknown {
  const file = join(root, ...path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** turbo names the file by a random id; .ci/run empties the folder first. */
function readRunSummary(): unknown {
  const folder = join(root, '.turbo', 'runs');
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  return name === undefined ? undefined : readJson('.turbo', 'runs', name);
}

const tallies = tallyOf({
  turbo: readRunSummary(),
  vitest: readJson('test-results', 'unit.json'),
  playwright: readJson('e2e', 'test-results', 'results.json'),
  exitCode: Number(process.argv[2] ?? 1),
});
process.stdout.write(`${describeTally(tallies)}\n`);
process.exitCode = exitCodeOf(tallies);
