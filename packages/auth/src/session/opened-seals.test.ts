import { beforeEach, describe, expect, it } from 'vitest';
import { createLruCache, randomId } from '../foundation/index.ts';
import { createSealer, type OpenedSeals } from './index.ts';

const [key, other] = [randomId(32), randomId(32)];
const owner = 'https://id.example shop';
const value = { hello: { deep: 'world' } };

let now: number;
let opened: OpenedSeals;
const sealerOf = (keys: readonly string[], name = owner) => createSealer({ keys, owner: name, opened });
beforeEach(() => {
  now = 100;
  opened = createLruCache(() => now);
});

async function sealAndOpen() {
  const sealed = await sealerOf([key]).seal('session', value);
  return { sealed, first: await sealerOf([key]).open('session', sealed) };
}

describe('a seal that was opened a moment ago', () => {
  it('gives the same value without opening it again, for a minute', async () => {
    const { sealed, first } = await sealAndOpen();
    expect(await sealerOf([other, key]).open('session', sealed)).toBe(first);
    now += 60;
    const later = await sealerOf([key]).open('session', sealed);
    expect(later).toEqual(first);
    expect(later).not.toBe(first);
  });

  it('can’t be changed by one request for the next', async () => {
    const { first } = await sealAndOpen();
    expect(Object.isFrozen(first) && Object.values(first ?? {}).every(Object.isFrozen)).toBe(true);
  });

  it.each<[string, (sealed: string) => Promise<unknown>]>([
    ['C-06 after its key left the ring', (sealed) => sealerOf([other]).open('session', sealed)],
    ['C-05 P-14 for another client', (sealed) => sealerOf([key], 'blog').open('session', sealed)],
    ['for another purpose', (sealed) => sealerOf([key]).open('stored-session', sealed)],
    ['C-01 with its last character changed', (sealed) => sealerOf([key]).open('session', flipLast(sealed))],
    ['C-01 with something behind it', (sealed) => sealerOf([key]).open('session', `${sealed} `)],
  ])('opens to nothing %s', async (_what, open) => {
    const { sealed } = await sealAndOpen();
    expect(await open(sealed)).toBeUndefined();
  });
});

const flipLast = (text: string) => text.slice(0, -2) + (text.at(-2) === 'A' ? 'B' : 'A') + text.slice(-1);
