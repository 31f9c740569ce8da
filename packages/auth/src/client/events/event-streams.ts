import {
  findRows,
  isEnded,
  isOutdated,
  latest,
  type RecentRevocation,
  type RevocableSession,
} from '../../session/index.ts';

/** A stream that a tab holds open. */
export interface OpenStream {
  readonly session: RevocableSession & { readonly id: string };
  /** `iat` of the session's own access token; `undefined` where nothing is decided by one. */
  readonly tokenIssuedAt: number | undefined;
  /** Integer seconds. Then it is closed, and the tab opens it anew if its session goes on. */
  readonly endsAt: number;
  /** Closes it, after it said whether the session was ended: then the tab looks who is signed in. */
  readonly end: (word?: 'changed') => void;
  /** Says nothing, so that no proxy takes the connection for dead. */
  readonly beat: () => void;
}

/** The streams of one process. Plain data, so that module instances of different bundles can use the same. */
export interface EventStreams {
  readonly open: Set<OpenStream>;
  /** Stops what runs every second; there while streams are open. */
  stopTicking: (() => void) | undefined;
  /** How often it ran. */
  ticks: number;
  /** Before this the store is not asked: it failed a moment ago. Integer seconds. */
  askAgainAt: number;
  /** Stops listening for the end of the process; there while streams are open. */
  stopWatching: (() => void) | undefined;
  /** Whether the process is about to end: no stream opens any more. */
  isClosing: boolean;
}

export function createEventStreams(): EventStreams {
  return {
    open: new Set(),
    stopTicking: undefined,
    ticks: 0,
    askAgainAt: 0,
    stopWatching: undefined,
    isClosing: false,
  };
}

/**
 * Says `changed` on each stream whose session these rows end, or whose permissions they change. Costs a look at every stream,
 * however many rows there are.
 */
export function tell({ open }: EventStreams, rows: readonly RecentRevocation[]): void {
  if (rows.length === 0 || open.size === 0) return;
  const moments = new Map<string, number>();
  for (const { issuer, kind, subject, at } of rows) {
    const key = keyOf(issuer, kind, subject);
    moments.set(key, latest([moments.get(key), at]) ?? at);
  }
  for (const { session, tokenIssuedAt, end } of open) {
    const findAt = (kind: RecentRevocation['kind'], subject: string) =>
      moments.get(keyOf(session.issuer, kind, subject));
    const isChanged =
      tokenIssuedAt !== undefined && isOutdated(tokenIssuedAt, findAt('permissions', session.sub));
    if (isChanged || isEnded(findRows(session, findAt), session)) end('changed');
  }
}

const keyOf = (...parts: readonly string[]) => JSON.stringify(parts);
