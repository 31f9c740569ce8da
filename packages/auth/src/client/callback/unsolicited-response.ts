import { authError, type AuthError } from '../../foundation/index.ts';
import { findSession } from '../../session/index.ts';
import { failureResponse } from '../http/failure-page.ts';
import { toFailure } from '../http/failure.ts';
import { seeSitePage } from '../http/responses.ts';
import { withMarker } from '../silent/silent-marker.ts';
import type { Site } from '../site.ts';
import { reportUnasked } from './inspect-answer.ts';
import type { CallbackContext } from './callback-context.ts';

/**
 * A response that this browser did not ask for, or asked for too long ago (P-07, P-12, P-14, P-29). It never opens a
 * session. Somebody who is signed in goes to the page they wanted, a browser without cookies to the page it came for
 * silently, and everybody else to one page with a way on.
 */
export async function handleUnsolicitedResponse(site: Site, context: CallbackContext): Promise<Response> {
  const { request, state, returnTo, stateHash, cookies } = context;
  if (await findSession(site, request.headers.get('cookie'))) return seeSitePage(site, returnTo, cookies);
  if (state.payload?.silent) return seeSitePage(site, withMarker(returnTo), cookies);
  const error = toStateError(site, context);
  const { code, message } = error;
  reportUnasked(site, stateHash, error);
  site.observe({ type: 'callback.rejected', ...site.names, stateHash, code, message });
  return failureResponse(site, toFailure(site, error, returnTo), cookies);
}

function toStateError({ lifetimes, clock }: Site, { state: { payload } }: CallbackContext): AuthError {
  const isExpired = payload !== undefined && payload.startedAt + lifetimes.transactionSeconds <= clock();
  if (isExpired) return authError('login_expired', 'the login was begun too long ago: start it again');
  return authError(
    'callback_state',
    '"state" answers no pending login of this browser: start the login again; are cookies blocked?',
  );
}
