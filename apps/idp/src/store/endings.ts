import type { StoredMetadata } from './client-rows.ts';
import type { NewNotice } from './outbox-rows.ts';
import { addNotices } from './outbox.ts';
import type { Database } from './prepared.ts';
import type { SessionClient } from './session-clients.ts';

/** What an ending ends, and whom the provider tells that it has. */
interface EndingRule {
  readonly ends: string;
  /** `reached`: every client that the sessions reached; `one`: the client that it is about; `nobody`. */
  readonly told: 'reached' | 'one' | 'nobody';
  /** For how long, in seconds; else for as long as the session would have lasted. */
  readonly forSeconds?: number;
}

/** Everything that ends a sign-on session, a client's part in one, or what a client got in it. */
export const endings = {
  'sign-out': { ends: 'the session of this browser, at a site or here', told: 'reached' },
  'sign-out-everywhere': { ends: 'every session of the person, on all devices', told: 'reached' },
  'other-person': { ends: 'the session that another person signs in over', told: 'reached' },
  'too-many-sessions': { ends: 'the oldest session of a person who has opened very many', told: 'reached' },
  'passphrase-changed': { ends: 'every session and grant of the person', told: 'reached' },
  'person-disabled': { ends: 'every session and grant of the person', told: 'reached' },
  'person-removed': { ends: 'every session and grant of the person, and their account', told: 'reached' },
  'everything-ended': { ends: 'every session and grant of everybody', told: 'reached' },
  'consent-withdrawn': { ends: 'the client’s part in every session of the person', told: 'one' },
  // Whoever removes a client takes its site down as well, most of the time.
  'client-removed': { ends: 'the client’s part in every session', told: 'one', forSeconds: 120 },
  // Thief and owner look alike, so what they share ends; the owner’s session goes on and heals it by a silent sign-in.
  'refresh-token-reused': { ends: 'one grant of one client', told: 'nobody' },
  // Each site knew from the start when that would be, or asks at its next refresh.
  'session-expired': { ends: 'the session, at its time', told: 'nobody' },
} as const satisfies Record<string, EndingRule>;

export type Ending = keyof typeof endings;

/** An end as it happens. */
export interface End {
  readonly ending: Ending;
  readonly now: number;
  /** SHA-256 of the cookie of the browser that may see who was told. */
  readonly shownTo?: string | undefined;
  /** The client's metadata, where it is removed with this. */
  readonly registration?: StoredMetadata | undefined;
}

/** A session as it would have gone on. */
export interface EndedSession {
  readonly sid: string;
  readonly expires_at: number;
}

/**
 * Writes down whom to tell of an end, in the transaction of the end itself (F-30): a notice for each session and client,
 * none for a person as a whole.
 */
export async function tellOfEnd(
  transaction: Database,
  end: End,
  parts: { readonly sessions: readonly EndedSession[]; readonly clients: readonly SessionClient[] },
): Promise<void> {
  const rule: EndingRule = endings[end.ending];
  if (rule.told === 'nobody') return;
  const expiries = new Map(parts.sessions.map(({ sid, expires_at }) => [sid, expires_at]));
  const notices = parts.clients.flatMap((client) => {
    const expiresAt = expiries.get(client.sessionId) ?? end.now;
    return expiresAt > end.now ? [noticeOf(end, client, Math.min(expiresAt, lastTime(rule, end.now)))] : [];
  });
  await addNotices(transaction, notices);
}

function lastTime({ forSeconds = Infinity }: EndingRule, now: number): number {
  return now + forSeconds;
}

function noticeOf(
  { now, shownTo, registration }: End,
  { sessionId, clientId, sid }: SessionClient,
  expiresAt: number,
): NewNotice {
  return {
    id: `logout ${clientId} ${sid}`,
    kind: 'logout',
    clientId,
    sessionId,
    payload: { sid },
    recipient: registration,
    shownTo,
    createdAt: now,
    expiresAt,
  };
}

/** How many ids one statement names: both engines bind far more. */
const CHUNK = 500;

/** The sessions in which clients had a part that has ended. */
export async function findSessionsOf(
  db: Database,
  clients: readonly SessionClient[],
): Promise<EndedSession[]> {
  const ids = [...new Set(clients.map(({ sessionId }) => sessionId))];
  const found: EndedSession[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const query = db.selectFrom('sessions').select(['sid', 'expires_at']);
    found.push(...(await query.where('sid', 'in', ids.slice(start, start + CHUNK)).execute()));
  }
  return found;
}
