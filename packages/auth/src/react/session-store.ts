import { pagePaths, type PublicSession } from '../wire/index.ts';

/** What the store needs of a browser. A value, so that tests can pass their own. */
export interface Browser {
  fetch(path: string, signal?: AbortSignal | null): Promise<Response>;
  /** Loads the document anew. Nothing else empties the router's cache of a person's pages. */
  reload(): void;
  /** Whether this tab may hold an event stream. Default: it looks when it comes into view. */
  readonly holdsStream?: boolean;
  /** The locks of this site's tabs: one tab at a time holds the stream for all. Default: the browser's own, if it has them. */
  readonly locks?: Pick<LockManager, 'request'>;
  /** A channel to the other tabs of this site. */
  openChannel(): Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'> | undefined;
}

/** What one tab knows about its session. It is for display: the server decides at every request. */
export interface SessionStore {
  readonly get: () => PublicSession | null;
  /** What the first HTML showed. Parts of a page that hydrate later have to begin with it. */
  readonly getFirst: () => PublicSession | null;
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Asks the server who is signed in. If that is another person than this tab shows, the document is loaded anew.
   *
   * @returns whether this tab goes on as it is
   */
  readonly recheck: () => Promise<boolean>;
  /**
   * Takes the session of a later render on the server. A render equal to the one before changes nothing, because other tabs
   * may know more by now. For another person than this tab shows the server is asked first, because a router may keep
   * renders for minutes.
   */
  readonly adopt: (rendered: PublicSession | null) => void;
  /** Listens to other tabs, and tells them who this one shows. @returns a function that stops it. */
  readonly join: () => () => void;
}

const personOf = (session: PublicSession | null) => session?.user.sub ?? null;

/** Tabs tell each other the `sub` they show, `null` for nobody, and this where somebody is about to sign out. */
export const SIGNING_OUT = false;

/** Compares as JSON, since each render brings a new object with its members in the same order. */
const isSame = (one: PublicSession | null, other: PublicSession | null) =>
  JSON.stringify(one) === JSON.stringify(other);

export function createSessionStore(
  initial: PublicSession | null,
  browser: Browser,
  sessionPath: string = pagePaths.session,
): SessionStore {
  let current = initial;
  let rendered = initial;
  const listeners = new Set<() => void>();
  const show = (next: PublicSession | null) => {
    // After a sign-out the back button must not show the person's pages (pain 5).
    if (current !== null && personOf(next) !== personOf(current)) {
      browser.reload();
      return false;
    }
    current = next;
    for (const listener of listeners) listener();
    return true;
  };
  const recheck = async () => {
    const answer = await askServer(browser, sessionPath);
    return !answer || show(answer.session);
  };
  return {
    get: () => current,
    getFirst: () => initial,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    recheck,
    adopt(next) {
      if (isSame(next, rendered)) return;
      rendered = next;
      if (current === null || personOf(next) === personOf(current)) show(next);
      else void recheck();
    },
    join() {
      const hear = ({ data }: MessageEvent<unknown>) => {
        // A sign-out that only begins is no news yet: looking now would reload the page that is about to send it.
        if (data !== SIGNING_OUT && data !== personOf(current)) void recheck();
      };
      const channel = browser.openChannel();
      channel?.addEventListener('message', hear);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches its own origin only
      channel?.postMessage(personOf(current));
      return () => channel?.close();
    },
  };
}

/** `undefined` when the server gave no usable answer: offline, or the site is being restarted. */
async function askServer(
  browser: Browser,
  path: string,
): Promise<{ session: PublicSession | null } | undefined> {
  try {
    const response = await browser.fetch(path);
    const body: unknown = response.ok ? await response.json() : undefined;
    return isAnswer(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isAnswer(value: unknown): value is { session: PublicSession | null } {
  return (
    typeof value === 'object' && value !== null && 'session' in value && typeof value.session === 'object'
  );
}
