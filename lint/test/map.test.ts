import { dirname } from 'node:path/posix';
import { describe, expect, it } from 'vitest';
import { foldersIn, isFolder, readTracked, trackedFiles } from './tracked.ts';

const [, tree = ''] = readTracked('AGENTS.md').split('```\n');

/** The tree's lines as paths: an indented one stands in the last that isn't, and may name a room inside a room. */
const houses = tree
  .trimEnd()
  .split(/\n(?! )/)
  .map((block) => block.split('\n').map((line) => line.trim().split(' ')[0] ?? ''));
const rooms = houses.flatMap(([house = '', ...names]) => names.map((name) => `${house}/${name}`));
const places = [...houses.map(([house = '']) => house), ...rooms];

describe('the tree in AGENTS.md', () => {
  it.each(places)('%s is here', (path) => {
    expect(isFolder(path) || trackedFiles.includes(path)).toBe(true);
  });

  it.each([...new Set(rooms.map((room) => dirname(room)))])('%s has a line for every room', (parent) => {
    const listed = rooms.filter((room) => dirname(room) === parent);
    expect(listed.toSorted()).toEqual(foldersIn(parent).toSorted());
  });
});
