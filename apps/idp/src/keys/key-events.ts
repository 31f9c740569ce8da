import type { ObserveProvider } from '../events/provider-event.ts';
import { ALGORITHMS } from './first-keys.ts';
import { keysOf, type LoadedKeys } from './loaded-keys.ts';
import { byActivation } from './schedule.ts';

/** Reports what changed since the keys were read before: once on every node, whichever node did it. */
export function reportKeyChanges(
  observe: ObserveProvider,
  before: LoadedKeys,
  after: LoadedKeys,
  now: number,
): void {
  for (const { kid, alg, publishedUntil = Number.POSITIVE_INFINITY } of before.stored) {
    if (!after.keys.has(kid) && publishedUntil > now) observe({ type: 'key.revoked', alg, kid });
  }
  for (const alg of ALGORITHMS) {
    const [known] = byActivation(keysOf(before.stored, alg));
    const [latest] = byActivation(keysOf(after.stored, alg));
    if (latest && latest.kid !== known?.kid)
      observe({ type: 'key.rotated', alg, kid: latest.kid, signsAt: latest.activatedAt });
  }
  for (const [kid, message] of after.unopened)
    if (!before.unopened.has(kid)) observe({ type: 'config.warned', message });
}
