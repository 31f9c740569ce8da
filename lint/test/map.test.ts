import { describe, expect, it } from 'vitest';
import { foldersIn, isFolder, readTracked, trackedFiles } from './tracked.ts';

interface Place {
  readonly path: string;
  readonly children: readonly string[];
}

const [, tree = ''] = readTracked('AGENTS.md').split('```\n');

/** The tree's lines as places: an indented one stands in the last that isn't. */
const places = tree
  .trimEnd()
  .split(/\n(?! )/)
  .flatMap((block): Place[] => {
    const [house = '', ...rooms] = block.split('\n').map((line) => line.trim().split(' ')[0] ?? '');
    const inside = rooms.map((room) => `${house}/${room}`);
    return [{ path: house, children: inside }, ...inside.map((path) => ({ path, children: [] }))];
  });

describe('the tree in AGENTS.md', () => {
  it.each(places)('$path is here', ({ path }) => {
    expect(isFolder(path) || trackedFiles.includes(path)).toBe(true);
  });

  it.each(places.filter(({ children }) => children.length > 0))('$path has every room', (place) => {
    expect(place.children.toSorted()).toEqual(foldersIn(place.path).toSorted());
  });
});
