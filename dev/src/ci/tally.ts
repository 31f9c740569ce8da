import { readPlaywright, readTurbo, readVitest, type Tally, type Task } from './read-report.ts';

/** What a run left behind; undefined where a report is missing. */
export interface Reports {
  readonly turbo: unknown;
  readonly vitest: unknown;
  readonly playwright: unknown;
  /** Exit code of the whole run. */
  readonly exitCode: number;
}

interface Detailed {
  readonly task: RegExp;
  readonly part: string;
  readonly read: (reports: Reports) => Omit<Tally, 'part'> | undefined;
}

/** Tasks that write a report of their single tests: they count by it, all others count as one check each. */
const detailed: readonly Detailed[] = [
  {
    task: /#unit(:all)?$/,
    part: 'unit',
    read: ({ vitest }) => (vitest === undefined ? undefined : readVitest(vitest)),
  },
  {
    task: /#e2e$/,
    part: 'e2e',
    read: ({ playwright }) => (playwright === undefined ? undefined : readPlaywright(playwright)),
  },
];

/** Sums everything that ran. A task that failed counts at least once, whatever its report says. */
export function tallyOf(reports: Reports): Tally[] {
  const tasks = readTurbo(reports.turbo).filter(({ exitCode }) => exitCode !== undefined);
  const tallies = [...new Set(tasks.map(partOf))].map((part) => tallyPart(part, tasks, reports));
  const { failed } = sum(tallies);
  // Nothing that is known failed, and yet the run did: turbo itself did not get to its end.
  return reports.exitCode !== 0 && failed === 0
    ? [...tallies, { part: 'the run itself', passed: 0, failed: 1 }]
    : tallies;
}

function tallyPart(part: string, tasks: readonly Task[], reports: Reports): Tally {
  const own = tasks.filter((task) => partOf(task) === part);
  const failed = own.filter(({ exitCode }) => exitCode !== 0).length;
  const counts = detailed.find((one) => one.part === part)?.read(reports);
  if (!counts) return { part, passed: own.length - failed, failed };
  return { part, passed: counts.passed, failed: Math.max(counts.failed, failed) };
}

/** '@sso/shop#build' → 'build'. */
function partOf({ id }: Task): string {
  return detailed.find(({ task }) => task.test(id))?.part ?? id.replace(/^.*#/, '');
}

function sum(tallies: readonly Tally[]): Omit<Tally, 'part'> {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/** The parts, and as its last line `N passed, N failed`. */
export function describeTally(tallies: readonly Tally[]): string {
  const { passed, failed } = sum(tallies);
  const lines = tallies.map((tally) => `${tally.part}: ${tally.passed} passed, ${tally.failed} failed`);
  return [...lines, `${passed} passed, ${failed} failed`].join('\n');
}

/** 0 when something ran and nothing failed. */
export function exitCodeOf(tallies: readonly Tally[]): number {
  const { passed, failed } = sum(tallies);
  return passed > 0 && failed === 0 ? 0 : 1;
}
