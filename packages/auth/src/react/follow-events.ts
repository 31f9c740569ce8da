import type * as sessionStore from './session-store.ts';
import type { Browser, SessionStore } from './session-store.ts';

/** The same, or this does not compile. Imported, it would cut what every page loads into two files. */
const SIGNING_OUT: typeof sessionStore.SIGNING_OUT = false;
/** What the tab that holds the stream tells the others: look who is signed in. It is nobody's `sub`. */
const LOOK = true;
/**
 * A tab that signs out says so first, and says at its next page that it is done. Until then nobody looks: a page that was
 * loaded anew between the two would be signed in again, by the sign-on session that is about to end.
 */
const SIGNING_OUT_MILLISECONDS = 10_000;
/** The server says something every 20 seconds: a connection that is silent for longer is dead. */
const SILENCE_MILLISECONDS = 60_000;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
/** A page from the back-forward cache stays hidden no longer than this while the server is asked. */
const HIDDEN_MILLISECONDS = 2000;

export interface Following {
  readonly store: SessionStore;
  readonly browser: Browser;
  /** Of `GET /auth/events`. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/** Follows the site's event stream, until the signal: this tab changes when its session is ended elsewhere. */
export function followEvents(following: Following): void {
  const { signal } = following;
  if (signal.aborted) return;
  const channel = following.browser.openChannel();
  signal.addEventListener('abort', () => channel?.close());
  const watch = createWatch(following, channel);
  let turn = new AbortController();
  const begin = () => {
    turn.abort();
    turn = new AbortController();
    void takeTurn(following, watch, turn.signal);
  };
  // A page in the back-forward cache may hold neither a connection nor a lock.
  const onHide = () => turn.abort();
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    void revealAfter(following.store);
    begin();
  };
  window.addEventListener('pagehide', onHide, { signal });
  window.addEventListener('pageshow', onShow, { signal });
  signal.addEventListener('abort', onHide);
  begin();
}

interface Watch {
  /** Heeds that the session was ended. */
  readonly heed: () => Promise<void>;
}

function createWatch({ store }: Following, channel: ReturnType<Browser['openChannel']>): Watch {
  let quietUntil = 0;
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === SIGNING_OUT) quietUntil = Date.now() + SIGNING_OUT_MILLISECONDS;
  });
  return {
    async heed() {
      await pause(Math.max(0, quietUntil - Date.now()));
      // The store of this tab listens to a channel of its own, and hears it too.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches its own origin only
      if (channel) channel.postMessage(LOOK);
      else void store.recheck();
    },
  };
}

/** Waits for the lock, then reads. The tabs of a browser take turns: when one closes, the next one goes on. */
async function takeTurn({ browser, path }: Following, watch: Watch, signal: AbortSignal): Promise<void> {
  const listen = () => readStream({ browser, path, watch, signal });
  try {
    const locks: typeof browser.locks = browser.locks ?? navigator.locks;
    await (locks?.request(`@sso${path}`, { signal }, listen) ?? listen());
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

interface Reading extends Pick<Following, 'browser' | 'path' | 'signal'> {
  readonly watch: Watch;
}

/** Until there is nothing to hear any more: nobody is signed in, or the site has no stream, or none for this tab. */
async function readStream({ browser, path, watch, signal }: Reading): Promise<void> {
  let wait = FIRST_PAUSE;
  while (!signal.aborted) {
    const answer = await ask(browser, path, signal);
    if (answer && answer.status !== 200 && answer.status < 500) return;
    const isChanged = answer?.status === 200 && (await saysChanged(answer));
    if (isChanged) await watch.heed();
    // Also where looking changes nothing for now, since the provider is down.
    wait = answer?.status === 200 && !isChanged ? FIRST_PAUSE : Math.min(2 * wait, LONGEST_PAUSE);
    // Not all tabs of a site at the same moment, when it is there again.
    await pause(wait * (1 + Math.random()), signal);
  }
}

/** `undefined` when there is no answer: offline, or the site is being restarted. */
const ask = (browser: Browser, path: string, signal: AbortSignal) =>
  browser.fetch(path, signal).catch(() => undefined);

/** Reads a stream to its end. @returns whether it said that the session was ended (HTML §9.2.6) */
async function saysChanged({ body }: Response): Promise<boolean> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const part = await Promise.race([reader?.read(), pause(SILENCE_MILLISECONDS)]).catch(() => undefined);
    if (!part || part.done) break;
    text = (text + part.value).slice(-100);
    if (text.includes('data: changed\n')) return true;
  }
  await reader?.cancel().catch(() => undefined);
  return false;
}

/** Pages come back from the back-forward cache as they were, whoever was signed in: it shows when the server agrees. */
async function revealAfter(store: SessionStore): Promise<void> {
  const { style } = document.documentElement;
  style.visibility = 'hidden';
  const stays = await Promise.race([store.recheck(), pause(HIDDEN_MILLISECONDS)]);
  if (stays !== false) style.visibility = '';
}

/** Ends early where the signal does. */
const pause = (milliseconds: number, signal?: AbortSignal) =>
  new Promise<undefined>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve(undefined);
    };
    const timer = setTimeout(end, signal?.aborted === true ? 0 : milliseconds);
    signal?.addEventListener('abort', end);
  });
