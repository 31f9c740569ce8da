import { type Clock, evictEntries } from '../../foundation/index.ts';
import type { Revocation, RevocationStore } from './revocation-store.ts';
import type { SessionStore } from './session-store.ts';
import type { SingleUseStore } from './single-use-store.ts';

const keysOf = ({ issuer, sid, sub }: { issuer: string; sid?: string; sub?: string }) => [
  ...(sid === undefined ? [] : [JSON.stringify([issuer, 'sid', sid])]),
  ...(sub === undefined ? [] : [JSON.stringify([issuer, 'sub', sub])]),
];

/** Revocations in this process: for tests, and for a site that runs as one process and may forget at a restart. */
export function createMemoryRevocations(clock: Clock): RevocationStore {
  const rows = new Map<string, Pick<Revocation, 'at' | 'until'>>();
  return {
    revoke(revocation) {
      for (const [key, { until }] of rows) if (until <= clock()) rows.delete(key);
      // A logout token names a person only when it means all of the person's sessions (Back-Channel Logout §2.4).
      const [key] = keysOf(revocation);
      if (key !== undefined) rows.set(key, laterOf(rows.get(key), revocation));
      return Promise.resolve();
    },
    isRevoked(session) {
      const now = clock();
      const found = keysOf(session).flatMap((key) => rows.get(key) ?? []);
      return Promise.resolve(found.some(({ at, until }) => at >= session.issuedAt && until > now));
    },
  };
}

function laterOf(known: Pick<Revocation, 'at' | 'until'> | undefined, { at, until }: Revocation) {
  return { at: Math.max(at, known?.at ?? at), until: Math.max(until, known?.until ?? until) };
}

/** What was consumed in this process. Another process, or the same one after a restart, would accept it once more. */
export function createMemorySingleUse(clock: Clock): SingleUseStore {
  const consumed = new Map<string, number>();
  return {
    consume(key, until) {
      const now = clock();
      if ((consumed.get(key) ?? 0) > now) return Promise.resolve(false);
      evictEntries(consumed, now, (expiry) => expiry);
      consumed.set(key, until);
      return Promise.resolve(true);
    },
  };
}

/** Sessions, or shared refreshes, in this process: for tests. */
export function createMemorySessionStore(clock: Clock): SessionStore {
  const rows = new Map<string, { sealed: string; until: number }>();
  return {
    find(id) {
      const row = rows.get(id);
      return Promise.resolve(row && row.until > clock() ? row.sealed : undefined);
    },
    save(id, sealed, ttlSeconds) {
      evictEntries(rows, clock(), ({ until }) => until);
      rows.set(id, { sealed, until: clock() + ttlSeconds });
      return Promise.resolve();
    },
    remove(id) {
      rows.delete(id);
      return Promise.resolve();
    },
  };
}
