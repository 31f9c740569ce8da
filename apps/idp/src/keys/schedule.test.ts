import { describe, expect, it } from 'vitest';
import { findSigner, keyRoleOf } from './schedule.ts';

const key = (kid: string, createdAt: number, activatedAt?: number) => ({
  kid,
  createdAt,
  activatedAt,
  state: activatedAt === undefined ? ('next' as const) : ('current' as const),
});

describe('a ring over time', () => {
  const ring = [key('old', 0, 0), key('new', 0, 500), key('next', 400)];

  it.each([
    [499, { old: 'current', new: 'upcoming', next: 'next' }],
    [500, { old: 'retired', new: 'current', next: 'next' }],
  ])('at %i', (now, roles) => {
    expect(Object.fromEntries(ring.map((one) => [one.kid, keyRoleOf(one, ring, now)]))).toEqual(roles);
    expect(findSigner(ring, now)?.kid).toBe(
      Object.entries(roles).find(([, role]) => role === 'current')?.[0],
    );
  });

  it('goes by the row’s state where two keys began in the same second', () => {
    const first = { ...key('first', 0, 0), state: 'retired' as const };
    expect(findSigner([first, key('second', 0, 0)], 0)?.kid).toBe('second');
  });
});
