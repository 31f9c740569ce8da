import { createSealer, isSession, type Sealer, type Session } from '@sso/auth/session';
import { apps } from '@sso/domains';
import type { CookieJar } from './cookie-jar.ts';
import type { StackInfo } from './shared-stack.ts';
import { siteSecrets } from './site-secrets.ts';

export const SESSION = '__Host-session';
export const FRESH = '__Host-fresh';

type SiteName = 'shop' | 'blog';

/** One site's sessions as its own server sees them: opened and sealed with the site's key. */
export interface SealedSessions {
  /** @throws Error when the jar holds no session of the site. */
  require(jar: CookieJar): Promise<Session>;
  open(cookie: string): Promise<Session | undefined>;
  /** Puts a changed session in the place of the jar's own. */
  change(jar: CookieJar, change: (session: Session) => Partial<Session>): Promise<Session>;
}

export async function sessionsOf(stack: StackInfo, site: SiteName): Promise<SealedSessions> {
  const { sessionKeys: keys } = await siteSecrets(stack, site);
  const sealer = createSealer({ keys, owner: `${stack.origins.idp} ${apps[site].clientId}` });
  const origin = stack.origins[site];
  const require = async (jar: CookieJar) => requireSession(sealer, jar.find(origin, SESSION));
  return {
    require,
    open: (cookie) => openSession(sealer, cookie),
    async change(jar, change) {
      const session = await require(jar);
      const changed = { ...session, ...change(session) };
      jar.put(origin, SESSION, await sealer.seal('session', changed));
      return changed;
    },
  };
}

/** The clock of a session moved on until its refresh is due, its access token nearly over. */
export async function makeDue(sessions: SealedSessions, jar: CookieJar, origin: string): Promise<Session> {
  const now = Math.floor(Date.now() / 1000);
  jar.put(origin, FRESH);
  return sessions.change(jar, () => ({ refreshDueAt: now - 1, accessTokenExpiresAt: now + 30 }));
}

async function openSession(sealer: Sealer, cookie: string | undefined): Promise<Session | undefined> {
  const opened = await sealer.open('session', cookie);
  return isSession(opened) ? opened : undefined;
}

async function requireSession(sealer: Sealer, cookie: string | undefined): Promise<Session> {
  const session = await openSession(sealer, cookie);
  if (!session) throw new Error('the jar holds no session of this site');
  return session;
}
