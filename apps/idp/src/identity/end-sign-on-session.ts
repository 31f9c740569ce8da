import { seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import type { SignOnSession } from '../store/index.ts';

const SIGNED_OUT_PATH = '/signed-out';

/** Ends a browser's sign-on session and with it every grant without `offline_access`, then sends the person on. */
export async function endSignOnSession(
  provider: Provider,
  session: SignOnSession | undefined,
  returnTo: string | undefined,
): Promise<Response> {
  if (session && (await provider.signOn.end(session.id))) {
    provider.observe({ type: 'session.ended', sub: session.sub, sessionId: session.id, reason: 'sign-out' });
  }
  return seeOther(returnTo ?? provider.issuer + SIGNED_OUT_PATH, [provider.cookies.sso.serialize('', 0)]);
}
