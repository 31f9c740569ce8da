import type { AuthError } from '../../foundation/index.ts';
import type { Transaction } from '../../session/index.ts';
import { failureResponse } from '../http/failure-page.ts';
import { toFailure } from '../http/failure.ts';
import { seeSitePage } from '../http/responses.ts';
import { askedCookie } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { ProviderRefusal } from './authorization-response.ts';
import type { CallbackContext } from './callback-context.ts';

/** A silent sign-in that found nobody is no failure to the person, who gets the page they came for. */
export function rejectCallback(
  site: Site,
  context: CallbackContext,
  { kind }: Transaction,
  error: AuthError,
): Response {
  const { stateHash, returnTo, cookies } = context;
  const { code, message, cause } = error;
  const refusal = cause instanceof ProviderRefusal ? { providerError: cause.error } : {};
  site.observe({ type: 'callback.rejected', ...site.names, stateHash, code, message, ...refusal });
  if (kind === 'silent') return seeSitePage(site, returnTo, [...cookies, askedCookie(site)]);
  return failureResponse(site, toFailure(site, error, returnTo), cookies);
}
