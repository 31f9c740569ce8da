import { randomId, sha256 } from '../foundation/secrets.ts';
import { seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { SHOWN_SECONDS, type SignOnSession } from '../store/index.ts';

const SIGNED_OUT_PATH = '/signed-out';

/**
 * Ends a browser's sign-on session and with it every grant without `offline_access`, then sends the person on. Nobody waits
 * for the sites: the outbox tells them meanwhile.
 */
export async function endSignOnSession(
  provider: Provider,
  session: SignOnSession | undefined,
  returnTo: string | undefined,
): Promise<Response> {
  const shown = randomId();
  const isEnded = session !== undefined && (await provider.signOn.end(session.id, sha256(shown)));
  if (isEnded) reportEnd(provider, session.sub, [session.id], 'sign-out');
  return leave(provider, returnTo, isEnded ? shown : undefined);
}

/** Ends all sessions of the person who is signed in here, in whichever browser they are. */
export async function endAllSignOnSessions(
  provider: Provider,
  session: SignOnSession | undefined,
): Promise<Response> {
  const shown = randomId();
  const ended = session ? await provider.signOn.endAll(session.sub, sha256(shown)) : [];
  if (session) reportEnd(provider, session.sub, ended, 'sign-out-everywhere');
  return leave(provider, undefined, ended.length > 0 ? shown : undefined);
}

function reportEnd(
  { observe, outbox }: Provider,
  sub: string,
  ended: readonly string[],
  reason: 'sign-out' | 'sign-out-everywhere',
): void {
  for (const sessionId of ended) observe({ type: 'session.ended', sub, sessionId, reason });
  outbox.wake();
}

/** `shown` lets this browser see which sites have been told. */
function leave(provider: Provider, returnTo: string | undefined, shown: string | undefined): Response {
  const { sso, signedOut } = provider.cookies;
  return seeOther(returnTo ?? provider.issuer + SIGNED_OUT_PATH, [
    sso.serialize('', 0),
    ...(shown === undefined ? [] : [signedOut.serialize(shown, SHOWN_SECONDS)]),
  ]);
}
