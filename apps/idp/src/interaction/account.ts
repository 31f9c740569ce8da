import { html } from 'hono/html';
import { page } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { layout, type View } from './layout.ts';

/** GET: who is signed in here, and the way out. */
export async function showAccount(provider: Provider, view: View, request: Request): Promise<Response> {
  const session = await provider.signOn.find(provider.cookies.sso.read(request));
  const person = session && (await provider.store.findPersonBySub(session.sub));
  if (!person) return page(await layout(view, 'Your account', nobody));
  const name = typeof person.claims['name'] === 'string' ? person.claims['name'] : person.username;
  const content = html`<h1>Your account</h1>
    <dl class="facts">
      <dt>Signed in as</dt>
      <dd>${name}</dd>
      <dt>Username</dt>
      <dd>${person.username}</dd>
      <dt>Signed in since</dt>
      <dd>${clockTime(session.authTime)}</dd>
      <dt>Until</dt>
      <dd>${clockTime(session.expiresAt)}</dd>
    </dl>
    <form method="post" action="/sign-out">
      <button class="button" type="submit">Sign out everywhere</button>
    </form>`;
  return page(await layout(view, 'Your account', content));
}

const nobody = html`<h1>Your account</h1>
  <p>Nobody is signed in in this browser. Open one of your sites and press “Sign in” there.</p>`;

/** The server doesn't know the reader's time zone, so it names its own. */
function clockTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
