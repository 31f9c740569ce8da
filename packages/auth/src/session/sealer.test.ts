import { describe, expect, it } from 'vitest';
import { randomId } from '../foundation/index.ts';
import { createSealer } from './index.ts';

const oldKey = randomId(32);
const key = randomId(32);
const owner = 'https://id.example shop';
const sealer = createSealer({ keys: [key], owner });
const value = { hello: 'world', padding: 'x'.repeat(100) };

function flip(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

describe('a sealed text', () => {
  it('opens to the value that was sealed', async () => {
    expect(await sealer.open('session', await sealer.seal('session', value))).toEqual(value);
  });

  it('is never the same twice and shows nothing readable', async () => {
    const [first, second] = [await sealer.seal('session', value), await sealer.seal('session', value)];
    expect(first).not.toBe(second);
    expect(first).not.toMatch(/eyJ|world/);
  });

  it.each([0, 0.2, 0.5, 0.8, 1])(
    'C-01 with one character changed at %d of its length opens to nothing',
    async (part) => {
      const sealed = await sealer.seal('session', value);
      const at = Math.floor((sealed.length - 1) * part);
      expect(await sealer.open('session', flip(sealed, at))).toBeUndefined();
    },
  );

  it.each<[string, (sealed: string) => string | undefined]>([
    ['C-02 absent', () => undefined],
    ['C-02 empty', () => ''],
    ['C-02 4 kB of one letter', () => 'A'.repeat(4096)],
    ['C-02 1 MB', (sealed) => sealed + 'A'.repeat(1_000_000)],
    ['C-02 ten thousand dots', () => '.'.repeat(10_000)],
    ['C-02 its middle missing', (sealed) => sealed.slice(0, 40) + sealed.slice(80)],
    ['C-02 not UTF-8', () => '\uD800\uFFFF.\u0000.%FF%FE.=='],
    ['C-02 a fifth part', (sealed) => `${sealed}.AAAA`],
    ['with padding', (sealed) => `${sealed}=`],
    ['X-15 prototype names', () => '__proto__.constructor.toString.valueOf'],
    ['a readable JWT', () => 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
  ])('%s opens to nothing and throws nothing', async (_what, change) => {
    expect(await sealer.open('session', change(await sealer.seal('session', value)))).toBeUndefined();
  });

  it('for one purpose does not open for another', async () => {
    const sealed = await sealer.seal('login', value);
    expect(await sealer.open('session', sealed)).toBeUndefined();
    expect(await sealer.open('way-back', sealed)).toBeUndefined();
  });

  it('C-05 P-14 of one client, or of one issuer, does not open for another, even under a shared key', async () => {
    const sealed = await sealer.seal('session', value);
    for (const other of ['https://id.example blog', 'https://other.example shop']) {
      expect(await createSealer({ keys: [key], owner: other }).open('session', sealed)).toBeUndefined();
    }
  });
});

describe('the key ring', () => {
  it('C-06 opens what an older key sealed while that key is still in it, and seals with the first', async () => {
    const before = createSealer({ keys: [oldKey], owner });
    const during = createSealer({ keys: [key, oldKey], owner });
    expect(await during.open('session', await before.seal('session', value))).toEqual(value);
    expect(await before.open('session', await during.seal('session', value))).toBeUndefined();
  });

  it('C-06 opens nothing under a key that has left it', async () => {
    const before = createSealer({ keys: [oldKey], owner });
    expect(await sealer.open('session', await before.seal('session', value))).toBeUndefined();
  });

  it.each([
    ['no key at all', []],
    ['a short key', [randomId(16)]],
    ['a long key', [randomId(33)]],
    ['a pass phrase', ['correct horse battery staple over there']],
    ['standard base64', [`${'+/'.repeat(21)}A=`]],
  ])('is refused with %s', (_what, keys) => {
    expect(() => createSealer({ keys, owner })).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });
});
