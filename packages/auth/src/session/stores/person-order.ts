import { type Clock, SECOND, systemClock } from '../../foundation/index.ts';

/** How far the provider's clock and this site's may differ for their order within a second to be told, milliseconds. */
const SPAN = 1_000_000;
const MS = 1000 * SECOND;

/**
 * Where a login or a logout of a person stands in time, as one integer: first by `iat`, the provider's clock; within the
 * same second by the arrival here.
 *
 * @param iat seconds, of the ID token or the logout token
 * @param arrivedAt milliseconds by this site's clock
 */
export function toPersonOrder(iat: number, arrivedAt: number): number {
  const second = Math.floor(iat);
  const within = arrivedAt - second * MS + SPAN / 2;
  return second * SPAN + Math.min(Math.max(within, 0), SPAN - 1);
}

/** The arrival that an order was made with, milliseconds. */
export const arrivalOf = (order: number): number => Math.floor(order / SPAN) * MS + (order % SPAN) - SPAN / 2;

/** Tells arrivals apart: milliseconds, each call later than the one before it. */
export type Arrivals = () => number;

/** Milliseconds of the system, or the seconds of a clock that a site or a test brought. */
export function createArrivals(clock: Clock): Arrivals {
  let last = 0;
  const now = () => (clock === systemClock ? Date.now() : clock() * MS);
  return () => (last = Math.max(last + 1, now()));
}
