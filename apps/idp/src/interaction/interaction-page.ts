import { formOriginOf, pageResponse, seeOther } from '../http/pages.ts';
import type { InteractionOf } from './interactions.ts';
import type { Provider } from '../provider.ts';
import type { Person, SignOnSession } from '../store/index.ts';

/** A page of an authorization request that waits for a person: its forms may end at the waiting client. */
export async function interactionPage(
  { request, setCookies }: InteractionOf<'authorize'>,
  markup: Promise<string>,
): Promise<Response> {
  const response = pageResponse(await markup, { formOrigins: [formOriginOf(request.redirectUri)] });
  for (const cookie of setCookies) response.headers.append('Set-Cookie', cookie);
  return response;
}

/** Back to the decision about a waiting request, whatever has changed meanwhile. */
export function resumeAuthorization(
  { issuer }: Provider,
  { id, setCookies }: InteractionOf<'authorize'>,
): Response {
  return seeOther(`${issuer}/authorize/${id}`, setCookies);
}

/** Who is signed in in this browser. */
export async function findSignedIn(
  { signOn, cookies, store }: Provider,
  request: Request,
): Promise<{ session: SignOnSession; person: Person } | undefined> {
  const session = await signOn.find(cookies.sso.read(request));
  const person = session && (await store.findPersonBySub(session.sub));
  return session && person && { session, person };
}
