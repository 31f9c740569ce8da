import { CLOCK_TOLERANCE_SECONDS, isAuthError, repeat } from '../../foundation/index.ts';
import type { Site } from '../site.ts';
import { atShutdown } from './at-shutdown.ts';
import { type EventStreams, tell } from './event-streams.ts';

/** Shorter than proxies wait for a silent connection. */
const BEAT_SECONDS = 20;
/** How long the store is left in peace after it failed. */
const PAUSE_SECONDS = 5;

/** Runs as long as streams are open: hears of what other processes revoked, by one query a second for all, and of the end. */
export function keepFollowing(site: Site): void {
  const { streams } = site.memory;
  streams.stopWatching ??= atShutdown(() => {
    streams.isClosing = true;
    for (const { end } of streams.open) end();
  });
  streams.stopTicking ??= repeat(() => {
    tick(site);
    if (streams.open.size === 0) stopFollowing(streams);
  }, 1);
}

function stopFollowing(streams: EventStreams): void {
  streams.stopTicking?.();
  streams.stopTicking = undefined;
  streams.stopWatching?.();
  streams.stopWatching = undefined;
}

function tick(site: Site): void {
  const { streams } = site.memory;
  const now = site.clock();
  streams.ticks += 1;
  for (const { endsAt, end, beat } of streams.open) {
    if (now >= endsAt) end();
    else if (streams.ticks % BEAT_SECONDS === 0) beat();
  }
  if (streams.open.size > 0 && now >= streams.askAgainAt) void hearOfOthers(site, now);
}

/** Looks back as far as the clocks of the processes may differ. What was heard before has ended its streams already. */
async function hearOfOthers({ revocations, options, memory }: Site, now: number): Promise<void> {
  const { streams } = memory;
  // Only this process writes into its own memory, and what it revokes it tells at once.
  if (!options.revocations || !revocations.findSince) return;
  // A query that takes longer than a second is not asked a second time meanwhile.
  streams.askAgainAt = now + PAUSE_SECONDS;
  try {
    tell(streams, await revocations.findSince(now - CLOCK_TOLERANCE_SECONDS));
    streams.askAgainAt = now;
  } catch (error) {
    // It was observed where it failed.
    if (!isAuthError(error)) throw error;
  }
}
