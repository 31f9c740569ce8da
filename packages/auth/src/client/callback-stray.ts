import { authError } from '../foundation/index.ts';
import type { Arrival } from './callback.ts';
import { answerFailure } from './failure-page.ts';
import { failureOf } from './failures.ts';
import { findSession } from './find-session.ts';
import { seeOwnPage } from './responses.ts';
import { withMarker } from './silent-marker.ts';
import type { Site } from './site.ts';

/**
 * An answer that this browser did not ask for, or not any more (P-07, P-12, P-14, P-29). It never opens a session:
 * whoever is signed in goes to the page they wanted, a browser without cookies to the page it came for, everybody
 * else to one page with a way on.
 */
export async function answerStray(
  site: Site,
  { request, state, returnTo, stateHash, used }: Arrival,
): Promise<Response> {
  const way = (path: string) => seeOwnPage(site, path, used);
  const { wayBack } = state;
  if (await findSession(site, request.headers.get('cookie'))) return way(returnTo);
  if (wayBack?.silent) return way(withMarker(returnTo));
  const isOver =
    wayBack !== undefined && wayBack.startedAt + site.lifetimes.transactionSeconds <= site.clock();
  const error = isOver
    ? authError('login_expired', 'the login was begun too long ago: start it again')
    : authError(
        'callback_state',
        '"state" answers no pending login of this browser: start the login again; are cookies blocked?',
      );
  const { code, message } = error;
  site.observe({ type: 'callback.rejected', ...site.names, stateHash, code, message });
  return answerFailure(site, failureOf(site, error, returnTo), used);
}
