import { describe, expect, it } from 'vitest';
import { createTestClock } from '../../testing/index.ts';
import { createDpopNonces } from '../index.ts';

const server = 'https://api.example';
const [old, recent] = ['o'.repeat(32), 'r'.repeat(32)];

describe('createDpopNonces (RFC 9449 §8)', () => {
  it('D-04 takes a nonce for a minute at least and two at most, at every process with the same secret', async () => {
    const clock = createTestClock(1_800_000_059);
    const [one, other] = [1, 2].map(() => createDpopNonces({ secrets: [recent], server, clock }));
    const nonce = (await one?.current()) ?? '';
    expect(await other?.isCurrent(nonce)).toBe(true);
    clock.advance(60);
    expect(await other?.isCurrent(nonce)).toBe(true);
    clock.advance(61);
    expect(await other?.isCurrent(nonce)).toBe(false);
  });

  it('takes a nonce of a process whose clock is a little ahead', async () => {
    const ahead = createDpopNonces({ secrets: [recent], server, clock: () => 1_800_000_000 });
    const behind = createDpopNonces({ secrets: [recent], server, clock: () => 1_799_999_999 });
    expect(await behind.isCurrent(await ahead.current())).toBe(true);
  });

  it('makes another nonce each minute, and does so again after the clock was set back', async () => {
    const times = [0, 60, 120, 0];
    const made: string[] = [];
    let now = 0;
    const nonces = createDpopNonces({ secrets: [recent], server, clock: () => now });
    for (now of times) made.push(await nonces.current());
    expect(new Set(made).size).toBe(3);
    expect(made[3]).toBe(made[0]);
  });

  it('takes nonces of both secrets while they are changed, and makes those of the first', async () => {
    const before = createDpopNonces({ secrets: [old], server });
    const between = createDpopNonces({ secrets: [recent, old], server });
    const after = createDpopNonces({ secrets: [recent], server });
    expect(await between.isCurrent(await before.current())).toBe(true);
    expect(await after.isCurrent(await between.current())).toBe(true);
    expect(await after.isCurrent(await before.current())).toBe(false);
  });

  it.each([
    ['no secret', []],
    ['a secret of 31 characters', ['s'.repeat(31)]],
  ])('refuses %s', (_what, secrets) => {
    expect(() => createDpopNonces({ secrets, server })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
