import { dropAllDrafts, sweepDrafts } from './drafts.ts';
import { type Browser, type SessionStore, SIGNING_OUT } from './session-store.ts';

/** How often what is too old is looked for. */
const SWEEP_MILLISECONDS = 15_000;

/**
 * Removes what forms kept as soon as it is nobody's any more: at a sign-out here or in another tab, when somebody else
 * is signed in, and when its time is over.
 *
 * @returns the way to stop
 */
export function watchDrafts(store: SessionStore, browser: Browser, logoutPath: string): () => void {
  const channel = browser.openChannel();
  const sweep = () => sweepDrafts(store.get()?.user.sub);
  const onSubmit = (event: SubmitEvent) => {
    if (findPath(event) !== logoutPath) return;
    dropAllDrafts();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel reaches its own origin only
    channel?.postMessage(SIGNING_OUT);
  };
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === SIGNING_OUT) dropAllDrafts();
  });
  sweep();
  const unsubscribe = store.subscribe(sweep);
  const timer = setInterval(sweep, SWEEP_MILLISECONDS);
  document.addEventListener('submit', onSubmit);
  return () => {
    document.removeEventListener('submit', onSubmit);
    clearInterval(timer);
    unsubscribe();
    channel?.close();
  };
}

/** Where the form goes, by its button where that says so, without a slash at the end. */
function findPath({ target, submitter }: SubmitEvent): string | undefined {
  if (!(target instanceof HTMLFormElement)) return undefined;
  const action = submitter?.getAttribute('formaction') ?? target.getAttribute('action') ?? '';
  return URL.parse(action, window.location.href)?.pathname.replace(/\/$/, '');
}
