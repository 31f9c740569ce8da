import { signedOutUrl } from './logout.ts';
import { dropPending, findPending } from './pending.ts';
import { isNavigation } from './request-kinds.ts';
import { privateResponse, seeOther } from './responses.ts';
import { askedMarker } from './silent-cookie.ts';
import type { Site } from './site.ts';

/**
 * `GET /auth/logged-out`: back from the provider. Whoever did not start a sign-out here (`state`, RP-Initiated Logout
 * 1.0 §3) goes to the start page, so that no foreign link can claim that somebody was signed out.
 */
export async function answerLoggedOut(site: Site, request: Request): Promise<Response> {
  if (!isNavigation(request)) return privateResponse(null, { status: 401 });
  const state = new URL(request.url).searchParams.get('state') ?? '';
  const transaction = await findPending(site, request, state);
  if (transaction?.kind !== 'logout') return seeOther(`${site.baseUrl}/`);
  return seeOther(signedOutUrl(site), [...dropPending(site, state), askedMarker(site)]);
}
