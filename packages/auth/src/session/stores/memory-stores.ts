import { type Clock, evictEntries } from '../../foundation/index.ts';
import { findRows, isEnded, rowsOf } from './revocation-rows.ts';
import type { RecentRevocation, RevocableSession, Revocation, RevocationStore } from './revocation-store.ts';
import type { SessionStore } from './session-store.ts';
import type { SingleUseStore } from './single-use-store.ts';

const keyOf = (issuer: string, kind: string, subject: string) => JSON.stringify([issuer, kind, subject]);

/** Revocations in this process: for tests, and for a site that runs as one process and may forget at a restart. */
export function createMemoryRevocations(clock: Clock): RevocationStore {
  const rows = new Map<string, MemoryRow>();
  const find = (issuer: string, kind: string, subject: string) => {
    const row = rows.get(keyOf(issuer, kind, subject));
    return row && row.until > clock() ? row.at : undefined;
  };
  const forgetExpired = () => {
    for (const [key, { until }] of rows) if (until <= clock()) rows.delete(key);
  };
  const isRevoked = (session: RevocableSession) =>
    isEnded(
      findRows(session, (kind, subject) => find(session.issuer, kind, subject)),
      session,
    );
  return {
    revoke(revocation) {
      forgetExpired();
      const { issuer } = revocation;
      for (const { kind, subject, ...times } of rowsOf(revocation)) {
        const key = keyOf(issuer, kind, subject);
        const later = laterOf(rows.get(key), times);
        rows.set(key, { issuer, kind, subject, ...later, noted: clock() });
      }
      return Promise.resolve();
    },
    isRevoked: (session) => Promise.resolve(isRevoked(session)),
    changePermissions({ issuer, sub, ...times }) {
      forgetExpired();
      if ((find(issuer, 'permissions', sub) ?? -1) >= times.at) return Promise.resolve(false);
      const row = { issuer, kind: 'permissions', subject: sub, ...times, noted: clock() } as const;
      rows.set(keyOf(issuer, 'permissions', sub), row);
      return Promise.resolve(true);
    },
    findState: (session) =>
      Promise.resolve({
        isRevoked: isRevoked(session),
        permissionsChangedAt: find(session.issuer, 'permissions', session.sub),
      }),
    findSince: (moment) =>
      Promise.resolve([...rows.values()].filter(({ noted, until }) => noted >= moment && until > clock())),
  };
}

interface MemoryRow extends RecentRevocation {
  readonly until: number;
  /** When this process wrote it; integer seconds. */
  readonly noted: number;
}

type Times = Pick<Revocation, 'at' | 'until'>;

function laterOf(known: Times | undefined, { at, until }: Times): Times {
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
