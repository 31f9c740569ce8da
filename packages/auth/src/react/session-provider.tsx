'use client';

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { authPaths, type PublicSession } from '../wire/index.ts';
import { type Browser, createSessionStore, type SessionStore } from './session-store.ts';
import { watchDrafts } from './watch-drafts.ts';

const SessionContext = createContext<SessionStore | undefined>(undefined);

export interface SessionProviderProps {
  /**
   * `(await auth())?.toPublic()` of the server: the first HTML shows it already, and later renders (`router.refresh()`)
   * bring it up to date. It is display data and contains no token.
   */
  readonly initial: PublicSession | null | undefined;
  /** The path of `GET /auth/session`. Default `/auth/session`; set it for a site with a base path. */
  readonly sessionPath?: string;
  /** Where forms sign out, which ends what a `KeptForm` keeps; set it for a site with a base path. */
  readonly logoutPath?: string;
  readonly children: ReactNode;
  /** Stands in for the browser in tests. */
  readonly browser?: Browser;
}

/** Shares the session with the components below, and follows sign-in and sign-out in other tabs. */
export function SessionProvider({
  initial,
  sessionPath,
  logoutPath = authPaths.logout,
  children,
  browser = thisBrowser,
}: SessionProviderProps): ReactNode {
  const [store] = useState(() => createSessionStore(initial ?? null, browser, sessionPath));
  // A layout effect runs before the browser paints, so the screen never shows two different sessions.
  useLayoutEffect(() => store.adopt(initial ?? null), [store, initial]);
  useEffect(() => store.join(), [store]);
  useEffect(() => recheckOnReturn(store), [store]);
  useEffect(() => watchDrafts(store, browser, logoutPath), [store, browser, logoutPath]);
  return <SessionContext value={store}>{children}</SessionContext>;
}

/** The session this tab shows, or `null`. For display: the server decides again at every request. */
export function useSession(): PublicSession | null {
  const store = use(SessionContext);
  if (!store) throw new Error('useSession needs a SessionProvider above it: put one into the layout');
  return useSyncExternalStore(store.subscribe, store.get, store.getFirst);
}

/** Asks again whenever the person comes back to this tab, or the browser brings a page back from its cache. */
function recheckOnReturn(store: SessionStore): () => void {
  const onVisible = () => {
    if (document.visibilityState === 'visible') void store.recheck();
  };
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void store.recheck();
  };
  document.addEventListener('visibilitychange', onVisible);
  window.addEventListener('pageshow', onShow);
  return () => {
    document.removeEventListener('visibilitychange', onVisible);
    window.removeEventListener('pageshow', onShow);
  };
}

/** A channel reaches the tabs of one origin only. */
const CHANNEL = '@sso/session';

const thisBrowser: Browser = {
  fetch: (path) => fetch(path, { cache: 'no-store', credentials: 'same-origin' }),
  reload: () => window.location.reload(),
  openChannel: () => ('BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : undefined),
};
