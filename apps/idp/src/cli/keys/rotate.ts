import { ALGORITHMS, openKeyRing } from '../../keys/key-ring.ts';
import type { Rotation } from '../../keys/rotation.ts';
import { keyTimes } from '../../foundation/lifetimes.ts';
import { type Command, usageError } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { withSealer } from './with-sealer.ts';

const synopsis = { name: 'keys rotate', usage: '[--alg <alg>]…' };

export const rotateKeys: Command = {
  ...synopsis,
  summary: 'Puts the next signing key in the current one’s place',
  details: `The next key has been published all along, so nobody notices; the old one stays published until the last
token it signed has expired. A running provider takes over within five seconds. A next key that is younger than the
copies of the key set that verifiers may hold takes over as soon as it is old enough. KEY_ROTATION_DAYS does the same
by schedule.`,
  examples: ['keys rotate', 'keys rotate --alg ES256'],
  options: {
    alg: {
      type: 'string',
      multiple: true,
      value: ALGORITHMS.join('|'),
      help: 'Only keys of this algorithm; all where it is left out',
    },
  },
  positionals: 0,
  async run(context, given) {
    const { lifetimes, clock, print, observe } = context;
    const wanted = given.all('alg');
    const unknown = wanted.find((alg) => !ALGORITHMS.some((known) => known === alg));
    if (unknown !== undefined)
      throw usageError(synopsis, `There are no ${unknown} keys, only ${ALGORITHMS.join(', ')}.`);
    await withSealer(context, async (store, sealer) => {
      const ring = await openKeyRing({ store, sealer, clock, observe, ...keyTimes(lifetimes, 0) });
      for (const alg of ALGORITHMS.filter((one) => wanted.length === 0 || wanted.includes(one))) {
        const rotation = await ring.rotate(alg);
        print(`${alg}: ${rotation ? wordsFor(rotation, clock()) : 'somebody else rotated just now'}`);
      }
    });
  },
};

function wordsFor({ kid, signsAt }: Rotation, now: number): string {
  return signsAt > now ? `${kid} will sign from ${formatTime(signsAt)}` : `${kid} signs now`;
}
