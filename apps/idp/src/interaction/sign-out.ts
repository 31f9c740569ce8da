import { html } from 'hono/html';
import { formOriginOf, pageResponse } from '../http/pages.ts';
import type { RequestContext } from '../http/routes.ts';
import type { Provider } from '../provider.ts';
import { endAllSignOnSessions, endSignOnSession } from '../identity/end-sign-on-session.ts';
import { layout, type View } from './layout.ts';

/** GET: asks whether a site that couldn't prove to know this session may end it. */
export async function showSignOut(
  provider: Provider,
  view: View,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const waiting = await provider.interactions.require('sign-out', request, context);
  const { id, request: logout, setCookies } = waiting;
  const client = logout.clientId === undefined ? undefined : provider.clients.find(logout.clientId);
  const content = html`<h1>Sign out?</h1>
    <p>
      ${client ? html`<strong><bdi>${client.name}</bdi></strong> asks` : 'A site asks'} to sign you out of
      <bdi>${view.serviceName}</bdi> and of every site you use it for.
    </p>
    <form method="post" action="/sign-out/${id}"><button class="button" type="submit">Sign out</button></form>
    <a class="button quiet" href="${client?.uri ?? '/account'}">Stay signed in</a>`;
  const formOrigins = logout.returnTo === undefined ? [] : [formOriginOf(logout.returnTo)];
  const response = pageResponse(await layout(view, 'Sign out?', content), { formOrigins });
  for (const cookie of setCookies) response.headers.append('Set-Cookie', cookie);
  return response;
}

/** POST: the person confirmed. */
export async function confirmSignOut(
  provider: Provider,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const { id, request: logout } = await provider.interactions.require('sign-out', request, context);
  await provider.interactions.consume(id);
  return endSignOnSession(
    provider,
    await provider.signOn.find(provider.cookies.sso.read(request)),
    logout.returnTo,
  );
}

/** POST from the account page. */
export async function signOut(provider: Provider, request: Request): Promise<Response> {
  return endSignOnSession(
    provider,
    await provider.signOn.find(provider.cookies.sso.read(request)),
    undefined,
  );
}

/** POST from the account page: on all devices. */
export async function signOutEverywhere(provider: Provider, request: Request): Promise<Response> {
  return endAllSignOnSessions(provider, await provider.signOn.find(provider.cookies.sso.read(request)));
}
