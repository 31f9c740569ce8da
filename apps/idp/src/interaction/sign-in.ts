import { readForm } from '../http/params.ts';
import { formOriginOf, page, seeOther } from '../http/pages.ts';
import type { HeldOf } from '../held-requests.ts';
import type { SignedIn } from '../identity/sign-on.ts';
import type { Provider } from '../provider.ts';
import type { View } from './layout.ts';
import { signInPage } from './sign-in-page.ts';

// One sentence for every reason, so that the page doesn't say who has an account (ASVS 6.3.8).
const REFUSED = 'That username and passphrase don’t belong together. Check both and try again.';

/** GET: the form of a pending authorization request. */
export async function showSignIn(
  provider: Provider,
  view: View,
  request: Request,
  id: string,
): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  return form(provider, view, held, { username: held.pending.loginHint ?? '', problem: undefined });
}

/** POST: signs in and goes on with the pending request; its form can neither name nor change that request. */
export async function signIn(
  provider: Provider,
  view: View,
  request: Request,
  id: string,
): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const params = await readForm(request);
  const [username, password] = [params.get('username') ?? '', params.get('password') ?? ''];
  const person = await provider.people.authenticate(username, password);
  if (!person) {
    provider.observe({ type: 'sign-in.rejected', reason: 'credentials' });
    return form(provider, view, held, { username: username.slice(0, 200), problem: REFUSED });
  }
  const signedIn = await provider.signOn.signIn(person.sub, provider.cookies.sso.read(request));
  await provider.store.noteSignIn(id, signedIn.session.sid);
  report(provider, signedIn);
  const cookie = provider.cookies.sso.write(signedIn.cookie, provider.lifetimes.signOnSeconds);
  return seeOther(`${provider.issuer}/authorize/${id}`, [cookie, ...held.setCookies]);
}

function report({ observe }: Provider, { session, replaced }: SignedIn): void {
  if (replaced)
    observe({ type: 'session.ended', sub: replaced.sub, sid: replaced.sid, reason: 'other-person' });
  observe({ type: 'sign-in.accepted', sub: session.sub, sid: session.sid });
}

async function form(
  provider: Provider,
  view: View,
  { id, pending, setCookies }: HeldOf<'authorize'>,
  { username, problem }: { username: string; problem: string | undefined },
): Promise<Response> {
  const clientName = provider.clients.find(pending.clientId)?.name ?? pending.clientId;
  const response = page(await signInPage(view, { id, clientName, username, problem }), {
    status: problem === undefined ? 200 : 422,
    formOrigins: [formOriginOf(pending.redirectUri)],
  });
  for (const cookie of setCookies) response.headers.append('Set-Cookie', cookie);
  return response;
}
