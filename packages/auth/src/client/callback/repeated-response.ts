import { isAuthError } from '../../foundation/index.ts';
import type { Transaction } from '../../session/index.ts';
import { seeSitePage } from '../http/responses.ts';
import { startLogin } from '../login/start-login.ts';
import type { Site } from '../site.ts';
import type { CallbackContext } from './callback-context.ts';
import { waitForOutcome } from './login-outcome.ts';
import { rejectCallback } from './reject-callback.ts';
import { handleUnsolicitedResponse } from './unsolicited-response.ts';

/**
 * The callback asked for again with the same login cookie, by a reload, a second press of a button, or a copy of the
 * cookie. It waits for the first request, and never opens a session itself (P-14): the browser has the one of the first,
 * or none.
 */
export async function handleRepeatedResponse(
  site: Site,
  context: CallbackContext,
  transaction: Transaction,
): Promise<Response> {
  try {
    const outcome = await waitForOutcome(site, transaction);
    if (outcome === 'signed-in') return seePageAgain(site, context);
    if (outcome === 'code-refused' && mayBeginAgain(context, transaction))
      return await beginAgain(site, context, transaction);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return rejectCallback(site, context, transaction, error);
  }
  return handleUnsolicitedResponse(site, context);
}

/** A browser that lost the first answer has no session: without the silent cookie the page may ask the provider at once. */
function seePageAgain(site: Site, { returnTo, cookies }: CallbackContext): Response {
  return seeSitePage(site, returnTo, [...cookies, site.jar.remove(site.jar.names.silent)]);
}

/** Only a new code says that the first one was replaced, and once is enough: a login that fails again needs the person. */
function mayBeginAgain({ parameters }: CallbackContext, { kind, isSecond }: Transaction): boolean {
  return kind === 'login' && isSecond !== true && parameters.has('code');
}

function beginAgain(
  site: Site,
  { request, returnTo, cookies }: CallbackContext,
  transaction: Transaction,
): Promise<Response> {
  const { maxAgeSeconds, acrValues } = transaction;
  return startLogin(site, request, {
    returnTo,
    stepUp: { maxAgeSeconds, acrValues },
    isSecond: true,
    cookies,
  });
}
