import { describe, expect, it } from 'vitest';
import { describeTally, exitCodeOf, type Reports, tallyOf } from './tally.ts';

const task = (taskId: string, exitCode?: number): unknown => ({
  taskId,
  ...(exitCode === undefined ? {} : { execution: { exitCode } }),
});
const turbo = (...tasks: unknown[]): unknown => ({ tasks });
const green: Reports = {
  turbo: turbo(
    task('//#lint', 0),
    task('@sso/auth#types', 0),
    task('@sso/shop#types', 0),
    task('//#unit', 0),
    task('@sso/e2e#e2e', 0),
  ),
  vitest: { numPassedTests: 40, numFailedTests: 0, testResults: [] },
  playwright: { stats: { expected: 11, flaky: 1, unexpected: 0, skipped: 2 }, errors: [] },
  exitCode: 0,
};
const last = (reports: Reports): string | undefined => describeTally(tallyOf(reports)).split('\n').at(-1);
const code = (reports: Reports): number => exitCodeOf(tallyOf(reports));

describe('the sum of a run', () => {
  it('is one line over tests and tasks', () => {
    expect(last(green)).toBe('55 passed, 0 failed');
    expect(code(green)).toBe(0);
  });

  it('counts the unit tests of the widest run one by one, too', () => {
    const widest = { ...green, turbo: turbo(task('//#unit:all', 0)) };
    expect([last(widest), code(widest)]).toEqual(['40 passed, 0 failed', 0]);
  });

  it('counts failed tests once, and not again as a failed task', () => {
    const red = {
      ...green,
      turbo: turbo(task('//#lint', 0), task('//#unit', 1)),
      vitest: { numPassedTests: 38, numFailedTests: 2, testResults: [] },
      exitCode: 1,
    };
    expect([last(red), code(red)]).toEqual(['39 passed, 2 failed', 1]);
  });

  it('counts a test file that could not be loaded', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
    ];
    const red = { ...green, vitest: { numPassedTests: 1, numFailedTests: 1, testResults }, exitCode: 1 };
    expect(tallyOf(red)).toContainEqual({ part: 'unit', passed: 1, failed: 2 });
  });

  it('counts an error outside of the stories, such as a set-up that failed', () => {
    const red = { ...green, playwright: { stats: {}, errors: [{ message: 'no Caddy' }] }, exitCode: 1 };
    expect(tallyOf(red)).toContainEqual({ part: 'e2e', passed: 0, failed: 1 });
  });

  it('counts a task whose report is missing or green, and that failed all the same', () => {
    const crashed = { ...green, turbo: turbo(task('@sso/e2e#e2e', 1)), playwright: undefined, exitCode: 1 };
    expect(last(crashed)).toBe('0 passed, 1 failed');
    expect(code({ ...green, turbo: turbo(task('//#unit', 1)), exitCode: 1 })).toBe(1);
  });

  it('leaves out tasks that were not reached, and reports that no task of this run wrote', () => {
    expect(last({ ...green, turbo: turbo(task('//#lint', 0), task('@sso/e2e#e2e')) })).toBe(
      '1 passed, 0 failed',
    );
  });

  it.each([
    ['nothing ran', { turbo: undefined, vitest: undefined, playwright: undefined, exitCode: 0 }],
    ['turbo fell over', { ...green, exitCode: 1 }],
    ['nothing ran, with an error', { turbo: turbo(), vitest: undefined, playwright: undefined, exitCode: 1 }],
  ])('fails when %s', (_, reports) => {
    expect(code(reports)).toBe(1);
  });
});
