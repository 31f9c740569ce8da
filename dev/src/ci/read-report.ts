/** How many checks of one part passed and failed. */
export interface Tally {
  readonly part: string;
  readonly passed: number;
  readonly failed: number;
}

/** A task of turbo's run summary. */
export interface Task {
  /** '@sso/shop#build' or '//#lint'. */
  readonly id: string;
  /** Undefined when it was not reached. */
  readonly exitCode: number | undefined;
}

/** Counts Vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function readVitest(report: unknown): Omit<Tally, 'part'> {
  const files = listAt(report, 'testResults');
  const broken = files.filter(
    (file) =>
      at(file, 'status') === 'failed' &&
      listAt(file, 'assertionResults').every((one) => at(one, 'status') !== 'failed'),
  );
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: numberAt(report, 'numFailedTests') + broken.length,
  };
}

/** Counts Playwright's JSON report. What passed at the second try passed; an error outside of tests is a failure. */
export function readPlaywright(report: unknown): Omit<Tally, 'part'> {
  const stats = at(report, 'stats');
  return {
    passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'),
    failed: numberAt(stats, 'unexpected') + listAt(report, 'errors').length,
  };
}

/** The tasks of turbo's run summary (`TURBO_RUN_SUMMARY=true`). */
export function readTurbo(summary: unknown): Task[] {
  return listAt(summary, 'tasks').map((task) => {
    const exitCode = at(at(task, 'execution'), 'exitCode');
    return { id: String(at(task, 'taskId')), exitCode: typeof exitCode === 'number' ? exitCode : undefined };
  });
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function listAt(value: unknown, key: string): unknown[] {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
}

function numberAt(value: unknown, key: string): number {
  const number = at(value, key);
  return typeof number === 'number' ? number : 0;
}
