import { describe, expect, it } from 'vitest';
import { readTracked, trackedFiles } from './tracked.ts';

const [, text = ''] = readTracked('docs/flows.md').split(/^## Four walks$/m);
const walks = (text.split(/^## /m)[0] ?? '')
  .split(/^### /m)
  .slice(1)
  .map((walk) => ({ title: walk.split('\n')[0] ?? '', files: filesOf(walk) }));

/** Each step of a walk begins with its file. */
function filesOf(walk: string): readonly string[] {
  return [...walk.matchAll(/^\d+\. (?:`([^`]+)`)?/gm)].map(([, file = '']) => file);
}

describe('the walks in docs/flows.md', () => {
  it('are four', () => {
    expect(walks).toHaveLength(4);
  });

  it.each(walks)('$title: nine files at most, each once, all of them here', ({ files }) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThanOrEqual(9);
    expect(new Set(files).size).toBe(files.length);
    expect(files.filter((file) => !trackedFiles.includes(file))).toEqual([]);
  });
});
