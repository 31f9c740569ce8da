import { authError, type Clock } from '../foundation/index.ts';
import type { CookieChange, CookieJar, ReadCookie } from './cookies.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { Sealer } from './sealer.ts';
import { isSession, type Session } from './session.ts';
import type { SessionStore } from './stores/session-store.ts';

/** Keeps sessions between requests: sealed into the cookie, or in a store with a sealed id in the cookie. */
export interface SessionKeeper {
  /** The session of a request while it lives; `undefined` for none, tampered, idle too long or past its end. */
  find(read: ReadCookie): Promise<Session | undefined>;
  /** The session in a cookie that another process sealed, with that cookie byte for byte; `undefined` where it holds none. */
  openCookie(value: string): Promise<SavedSession | undefined>;
  /** @throws AuthError `session_too_large` above `MAX_SEALED_SESSION` when there is no store. */
  save(session: Session): Promise<CookieChange>;
  remove(session: Session | undefined): Promise<CookieChange>;
}

export interface SavedSession {
  readonly session: Session;
  readonly cookie: CookieChange;
}

export interface SessionKeeperOptions {
  readonly sealer: Sealer;
  readonly jar: CookieJar;
  readonly lifetimes: Lifetimes;
  readonly clock: Clock;
  readonly store?: SessionStore | undefined;
}

/** Characters of a sealed session. Browsers silently drop a cookie whose name, value and attributes exceed 4096 bytes. */
export const MAX_SEALED_SESSION = 3500;

export function createSessionKeeper(options: SessionKeeperOptions): SessionKeeper {
  const { sealer, jar, lifetimes, clock, store } = options;
  const secondsLeft = (session: Session) => {
    const idleEndsAt = session.lastSeenAt + lifetimes.idleSeconds;
    return Math.min(idleEndsAt, session.absoluteExpiresAt) - clock();
  };
  const open = async (cookie: string | undefined) => {
    const opened = store ? await findStored(sealer, store, cookie) : await sealer.open('session', cookie);
    return isSession(opened) && secondsLeft(opened) > 0 ? opened : undefined;
  };
  return {
    find: (read) => open(read(jar.names.session)),
    async openCookie(value) {
      const session = await open(value);
      return session && { session, cookie: jar.set(jar.names.session, value, secondsLeft(session)) };
    },
    async save({ permissionsChangedAt: _isAskedAnew, ...session }) {
      const ttlSeconds = secondsLeft(session);
      const value = store
        ? await saveStored(sealer, store, session, ttlSeconds)
        : await sealSmall(sealer, session);
      return jar.set(jar.names.session, value, ttlSeconds);
    },
    async remove(session) {
      if (store && session) await store.remove(session.id);
      return jar.remove(jar.names.session);
    },
  };
}

async function sealSmall(sealer: Sealer, session: Session): Promise<string> {
  const sealed = await sealer.seal('session', session);
  if (sealed.length <= MAX_SEALED_SESSION) return sealed;
  throw authError(
    'session_too_large',
    `the sealed session has ${sealed.length} characters, ${MAX_SEALED_SESSION} fit a cookie: keep fewer claims (keepClaims) or give a sessionStore`,
  );
}

async function findStored(sealer: Sealer, store: SessionStore, cookie: string | undefined): Promise<unknown> {
  const reference = await sealer.open('session-id', cookie);
  if (typeof reference !== 'object' || reference === null || !('id' in reference)) return undefined;
  if (typeof reference.id !== 'string') return undefined;
  const opened = await sealer.open('stored-session', await store.find(reference.id));
  // The seal does not cover the row's id: a row that was copied to another id must not become that session.
  return isSession(opened) && opened.id === reference.id ? opened : undefined;
}

async function saveStored(
  sealer: Sealer,
  store: SessionStore,
  session: Session,
  ttlSeconds: number,
): Promise<string> {
  await store.save(session.id, await sealer.seal('stored-session', session), ttlSeconds);
  return sealer.seal('session-id', { id: session.id });
}
