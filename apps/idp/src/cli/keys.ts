import { ALGORITHMS, openKeyRing } from '../keys/ring.ts';
import { publishSeconds } from '../lifetimes.ts';
import { type Command, misuse } from './parse.ts';
import { withStore } from './with-store.ts';

const names = { name: 'keys rotate', usage: '[--alg <alg>]…' };

export const rotateKeys: Command = {
  ...names,
  summary: 'Puts the next signing key in the current one’s place',
  details: `The next key has been published all along, so nobody notices; the old one stays published until the last
token it signed has expired. A running provider takes over within half a minute. All algorithms (${ALGORITHMS.join(', ')})
unless --alg names some.`,
  examples: ['keys rotate', 'keys rotate --alg ES256'],
  options: { alg: { type: 'string', multiple: true } },
  positionals: 0,
  async run({ databaseUrl, lifetimes, clock, print }, given) {
    const wanted = given.all('alg');
    const unknown = wanted.find((alg) => !ALGORITHMS.some((known) => known === alg));
    if (unknown !== undefined)
      throw misuse(names, new Error(`There are no ${unknown} keys, only ${ALGORITHMS.join(', ')}.`));
    await withStore(databaseUrl, async (store) => {
      const ring = await openKeyRing({ store, clock, publishSeconds: publishSeconds(lifetimes) });
      for (const alg of ALGORITHMS.filter((one) => wanted.length === 0 || wanted.includes(one))) {
        const rotated = await ring.rotate(alg);
        print(
          rotated
            ? `${alg}: ${ring.signingKey(alg).kid} signs now`
            : `${alg}: somebody else rotated just now`,
        );
      }
    });
  },
};
