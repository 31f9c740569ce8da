import { arrivalOf } from './person-order.ts';
import type { RevocableSession, Revocation, RevocationRow } from './revocation-store.ts';

/** The rows of one revocation. Of two rows of one kind and subject the later `at` and the later `until` count. */
export function rowsOf({ sid, sub, at, order, until }: Revocation): readonly RevocationRow[] {
  // A logout token names a person only when it means all of the person's sessions (Back-Channel Logout §2.4).
  if (sid !== undefined) return [{ kind: 'sid', subject: sid, at, until }];
  if (sub === undefined) return [];
  const row = { kind: 'sub', subject: sub, at, until } as const;
  return order === undefined ? [row] : [row, { ...row, kind: 'order', at: order }];
}

/** `at` of the rows that a store has about a session, by kind. */
export type FoundRows = { readonly [Kind in RevocationRow['kind']]?: number | undefined };

/** What a look-up by kind and subject has about a session. */
export function findRows(
  session: RevocableSession,
  findAt: (kind: RevocationRow['kind'], subject: string) => number | undefined,
): FoundRows {
  const ofSession = namesOf(session).map((name) => findAt('sid', name));
  const { sub } = session;
  return { sid: latest(ofSession), sub: findAt('sub', sub), order: findAt('order', sub) };
}

/** Whether these rows end a session: the one rule of all stores. */
export function isEnded(found: FoundRows, session: RevocableSession): boolean {
  return isAtOrAfter(found.sid, session.issuedAt) || isPersonEnded(found, session);
}

function isPersonEnded({ sub, order }: FoundRows, session: RevocableSession): boolean {
  if (session.order === undefined || order === undefined) return isAtOrAfter(sub, session.issuedAt);
  if (order >= session.order) return true;
  const arrivedAt = arrivalOf(order);
  // B-07: it arrived while the code was being redeemed.
  if (session.isOpening === true && arrivedAt >= arrivalOf(session.order)) return true;
  // A process of an earlier release took a later logout.
  return sub !== undefined && sub > Math.ceil(arrivedAt / 1000) && sub >= session.issuedAt;
}

/** The names by which a revocation of a session alone may know it, each as a `sid`. */
export const namesOf = ({ sid, id = sid }: RevocableSession): readonly string[] => [...new Set([sid, id])];

/** The latest of several moments, if there is one. */
export function latest(moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

const isAtOrAfter = (at: number | undefined, issuedAt: number) => at !== undefined && at >= issuedAt;
