import { SECOND, singleFlight } from '../../foundation/index.ts';
import type { Site } from '../site.ts';

/** How long one answer of the provider, or its silence, counts for everybody in this process. */
export const PROBE_SECONDS: number = 5 * SECOND;

/** Whether the provider answers within a second; asked once in five seconds, however many wait for it (F-02). */
export function providerAnswers({ memory, issuer, clock, provider }: Site): Promise<boolean> {
  return singleFlight(memory.probes, issuer, {
    clock,
    run: () => provider.isReachable(),
    keepSeconds: () => PROBE_SECONDS,
    timeoutSeconds: PROBE_SECONDS,
  });
}
