import { beforeEach, describe, expect, it } from 'vitest';
import { createRecent, type Recent } from './index.ts';

let now: number;
let recent: Recent<number>;
beforeEach(() => {
  now = 100;
  recent = createRecent(() => now);
});

describe('a result that was found a moment ago', () => {
  it.each([
    ['is remembered within the minute', undefined, 159, 1],
    ['is forgotten after a minute', undefined, 160, undefined],
    ['ends with what it is about', 110, 110, undefined],
    ['F-06 is forgotten when the clock jumps back', undefined, 99, undefined],
  ])('%s', (_what, endsAt, at, found) => {
    recent.add('a', 1, endsAt);
    now = at;
    expect(recent.find('a')).toBe(found);
  });

  it('F-14 leaves when a thousand others came after it, unless it is in use', () => {
    for (let n = 0; n <= 1000; n++) {
      recent.add(`${n}`, n);
      recent.find('0');
    }
    expect([recent.find('0'), recent.find('1'), recent.find('2')]).toEqual([0, undefined, 2]);
  });
});
