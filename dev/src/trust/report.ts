import type { Paint } from '../terminal/paint.ts';
import type { Change, Result } from './apply.ts';

const words: Record<Change, Record<'done' | 'already', string>> = {
  add: { done: 'trusted from now on', already: 'trusted already' },
  remove: { done: 'no longer trusted', already: 'was not trusted' },
};

/** One line per store, and below it what is left to do. */
export function describeResult(result: Result, change: Change, paint: Paint): string {
  const { store, outcome } = result;
  switch (outcome) {
    case 'done':
    case 'already':
      return `${paint('green', '✓')} ${store.name}: ${words[change][outcome]}`;
    case 'left':
      return `${paint('yellow', '!')} ${store.name}: unchanged, it needs root; type\n    ${result.command}`;
    case 'failed':
      return `${paint('red', '✗')} ${store.name}: could not be changed; try by hand\n    ${result.command}`;
    default:
      return outcome satisfies never;
  }
}

/** 0 when every store is as wanted. */
export function exitCodeOf(results: readonly Result[]): number {
  return results.every(({ outcome }) => outcome === 'done' || outcome === 'already') ? 0 : 1;
}
