'use client';

import {
  createContext,
  type ReactNode,
  Suspense,
  use,
  useEffect,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { pagePaths, type PublicSession } from '../wire/index.ts';
import type { Following } from './follow-events.ts';
import { type Browser, createSessionStore, type SessionStore } from './session-store.ts';
import { watchDrafts } from './watch-drafts.ts';

/** The tab's store; made as soon as the first HTML's session is known. */
type OpenStore = (first: () => PublicSession | null) => SessionStore;

interface Shared {
  readonly openStore: OpenStore;
  readonly initial: SessionProviderProps['initial'];
  readonly browser: Browser;
  readonly eventsPath: string;
  readonly logoutPath: string;
}

const SessionContext = createContext<Shared | undefined>(undefined);

type Given = PublicSession | null | undefined;

export interface SessionProviderProps {
  /**
   * `auth().then((session) => session?.toPublic())` of the server, or what that gives. With the promise nothing waits but
   * the parts that ask who is signed in: put them below a `<Suspense>` whose fallback has their size. The HTML shows them
   * right from the start, and later renders (`router.refresh()`) bring them up to date. It is display data and contains
   * no token.
   */
  readonly initial: Given | Promise<Given>;
  /** The path of `GET /auth/session`. Default `/auth/session`; set it for a site with a base path. */
  readonly sessionPath?: string;
  /** The path of `GET /auth/events`, by which this tab hears at once of a sign-out elsewhere; for a site with a base path. */
  readonly eventsPath?: string;
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
  eventsPath = pagePaths.events,
  logoutPath = pagePaths.logout,
  children,
  browser = thisBrowser,
}: SessionProviderProps): ReactNode {
  const [openStore] = useState(() => createOpenStore(browser, sessionPath));
  const shared = { openStore, initial, browser, eventsPath, logoutPath };
  return (
    <SessionContext value={shared}>
      {children}
      <Suspense>
        <Follower {...shared} />
      </Suspense>
    </SessionContext>
  );
}

function createOpenStore(browser: Browser, sessionPath: string | undefined): OpenStore {
  let store: SessionStore | undefined;
  return (first) => (store ??= createSessionStore(first(), browser, sessionPath));
}

/** What keeps the tab's store up to date. It shows nothing, and waits for the session without holding anything up. */
function Follower({ openStore, initial, browser, eventsPath, logoutPath }: Shared): ReactNode {
  const rendered = settled(initial);
  const store = openStore(() => rendered);
  // A layout effect runs before the browser paints, so the screen never shows two different sessions.
  useLayoutEffect(() => store.adopt(rendered), [store, rendered]);
  useEffect(() => store.join(), [store]);
  useEffect(() => recheckOnReturn(store), [store]);
  const sub = useSyncExternalStore(store.subscribe, store.get, store.getFirst)?.user.sub;
  useEffect(() => follow(sub, { store, browser, path: eventsPath }), [sub, store, browser, eventsPath]);
  useEffect(() => watchDrafts(store, browser, logoutPath), [store, browser, logoutPath]);
  return null;
}

/** The session this tab shows, or `null`. For display: the server decides again at every request. */
export function useSession(): PublicSession | null {
  const shared = use(SessionContext);
  if (!shared) throw new Error('useSession needs a SessionProvider: put one into the layout');
  // Only the first time: a part on the screen never waits for a later render of the server.
  const store = shared.openStore(() => settled(shared.initial));
  return useSyncExternalStore(store.subscribe, store.get, store.getFirst);
}

/** Suspends until the server knows. */
const settled = (initial: SessionProviderProps['initial']): PublicSession | null =>
  (initial && 'then' in initial ? use(initial) : initial) ?? null;

/** Asks again whenever the person comes back to this tab, or the browser brings a page back from its cache. */
function recheckOnReturn(store: SessionStore): () => void {
  const over = new AbortController();
  const onVisible = () => {
    if (document.visibilityState === 'visible') void store.recheck();
  };
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void store.recheck();
  };
  document.addEventListener('visibilitychange', onVisible, over);
  window.addEventListener('pageshow', onShow, over);
  return () => over.abort();
}

/** Follows the event stream while somebody is signed in. Visitors don't load what it takes. */
function follow(sub: string | undefined, following: Omit<Following, 'signal'>): () => void {
  const over = new AbortController();
  const { signal } = over;
  if (sub !== undefined && following.browser.holdsStream)
    // A tab that can't load it looks when it comes into view.
    void import('./follow-events.ts').then(
      ({ followEvents }) => followEvents({ ...following, signal }),
      () => {},
    );
  return () => over.abort();
}

/** A channel reaches the tabs of one origin only. */
const CHANNEL = '@sso/session';

const thisBrowser: Browser = {
  fetch: (path, signal = null) => fetch(path, { cache: 'no-store', credentials: 'same-origin', signal }),
  holdsStream: true,
  reload: () => window.location.reload(),
  openChannel: () => ('BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : undefined),
};
