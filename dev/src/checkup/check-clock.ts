import { broken, fine, type Finding } from './check.ts';

const DAY = 86_400_000;

export interface ClockFacts {
  readonly now: Date;
  /** When this clone was last changed. A clock that shows an earlier time is wrong. */
  readonly changed: Date;
  /** From when to when the local root is valid. */
  readonly valid?: { readonly from: Date; readonly to: Date } | undefined;
}

/** Whether the clock can be right: tokens and certificates live by it (RFC 7519 §4.1.4). */
export function checkClock({ now, changed, valid }: ClockFacts): Finding {
  const fix = 'set the clock (network time), then start again';
  if (now.getTime() < changed.getTime() - DAY) {
    return broken(
      'Clock',
      `${now.toISOString()} is before this clone's files of ${changed.toISOString()}`,
      fix,
    );
  }
  if (valid && now < valid.from)
    return broken('Clock', `${now.toISOString()} is before the local certificate begins`, fix);
  if (valid && now > valid.to) {
    return broken(
      'Clock',
      `the local certificate ended on ${valid.to.toISOString()}`,
      'type pnpm untrust, delete its folder and start again',
    );
  }
  return fine('Clock', now.toISOString());
}
