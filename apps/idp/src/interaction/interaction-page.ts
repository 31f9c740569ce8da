import { formOriginOf, type PageOptions, pageResponse, seeOther } from '../http/pages.ts';
import type { InteractionOf } from './interactions.ts';
import type { Provider } from '../provider.ts';
import type { IssuedCode, Person, SignOnSession } from '../store/index.ts';

/** A page of an authorization request that waits for a person: its forms may end at the waiting client. */
export async function interactionPage(
  provider: Provider,
  { request, setCookies }: InteractionOf<'authorize'>,
  markup: Promise<string>,
  options: Pick<PageOptions, 'status' | 'headers'> = {},
): Promise<Response> {
  const { redirectUri, clientId } = request;
  // A button pressed twice may end where the client begins a login.
  const ends = [redirectUri, provider.clients.find(clientId)?.initiateLoginUri ?? redirectUri];
  const formOrigins = [...new Set(ends.map(formOriginOf))];
  const response = pageResponse(await markup, { ...options, formOrigins });
  for (const cookie of setCookies) response.headers.append('Set-Cookie', cookie);
  return response;
}

/**
 * The page of a request that was granted a moment ago (the back button): on to a fresh code while nobody has redeemed the
 * one before.
 *
 * @throws PageError where it was redeemed, or another session is this browser's by now.
 */
export async function leaveGrantedPage(
  provider: Provider,
  request: Request,
  interaction: InteractionOf<'authorize'>,
  granted: IssuedCode,
): Promise<Response> {
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  if (granted.isRedeemed || !isSessionOf(granted, session))
    throw provider.interactions.over(interaction.request);
  return resumeAuthorization(provider, interaction);
}

/** Whether a code was given to this very session. */
export function isSessionOf(granted: IssuedCode, session: SignOnSession | undefined): boolean {
  return session?.id === granted.sessionId && session.sub === granted.sub;
}

/** Back to the decision about a waiting request, whatever has changed meanwhile. */
export function resumeAuthorization(
  { issuer }: Provider,
  { id, setCookies }: InteractionOf<'authorize'>,
  cookies: readonly string[] = [],
): Response {
  return seeOther(`${issuer}/authorize/${id}`, [...cookies, ...setCookies]);
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
