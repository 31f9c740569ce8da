import { authPaths, type PublicSession } from '../wire/index.ts';

/** What the store needs of a browser. Values, so that tests stand in for one. */
export interface Browser {
  fetch(path: string): Promise<Response>;
  /** Loads the document anew: the only thing that empties the router's cache of somebody's pages. */
  reload(): void;
  /** Tells the other tabs of this site, and hears from them. */
  openChannel(): Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'close'> | undefined;
}

/** What one tab knows about its session. The server's word counts: this only shows it. */
export interface SessionStore {
  readonly get: () => PublicSession | null;
  /** What the first HTML showed. Parts of a page that wake up later have to begin with it (hydration). */
  readonly getFirst: () => PublicSession | null;
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks the server who is signed in; somebody else than this tab shows means a new document. */
  readonly recheck: () => Promise<void>;
  /**
   * Takes what a later render on the server said. The same as before says nothing new, for other tabs may have said more
   * meanwhile; another person than this tab shows is asked about first, for a router may keep renders for minutes.
   */
  readonly adopt: (rendered: PublicSession | null) => void;
  /** Listens to other tabs, and tells them who this one shows. @returns the way to stop. */
  readonly join: () => () => void;
}

const personOf = (session: PublicSession | null) => session?.user.sub ?? null;

/** Each render brings a new object. Plain data in a fixed order, so its text tells. */
const isSame = (one: PublicSession | null, other: PublicSession | null) =>
  JSON.stringify(one) === JSON.stringify(other);

export function createSessionStore(
  initial: PublicSession | null,
  browser: Browser,
  sessionPath: string = authPaths.session,
): SessionStore {
  let current = initial;
  let rendered = initial;
  const listeners = new Set<() => void>();
  const show = (next: PublicSession | null) => {
    // A person who is gone must not leave pages behind that the back button shows (pain 5).
    if (current !== null && personOf(next) !== personOf(current)) return browser.reload();
    current = next;
    for (const listener of listeners) listener();
  };
  const recheck = async () => {
    const answer = await askServer(browser, sessionPath);
    if (answer) show(answer.session);
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
        if (data !== personOf(current)) void recheck();
      };
      const channel = browser.openChannel();
      channel?.addEventListener('message', hear);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches its own origin only
      channel?.postMessage(personOf(current));
      return () => channel?.close();
    },
  };
}

/** `undefined` when there is no answer to rely on: offline, or the site is being restarted. */
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
