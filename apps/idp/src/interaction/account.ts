import { html } from 'hono/html';
import { readForm } from '../http/params.ts';
import { page, seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { accountPage, type AllowedSite } from './account-page.ts';
import { findVisitor } from './held-page.ts';
import { layout, type View } from './layout.ts';

/** GET: who is signed in here, what they allowed to whom, and the way out. */
export async function showAccount(provider: Provider, view: View, request: Request): Promise<Response> {
  const visitor = await findVisitor(provider, request);
  if (!visitor) return page(await layout(view, 'Your account', nobody));
  const { person, session } = visitor;
  const consents = await provider.store.listConsents(person.sub);
  const sites = consents.map((consent): AllowedSite => ({
    consent,
    name: provider.clients.find(consent.clientId)?.name ?? consent.clientId,
  }));
  return page(await accountPage(view, { person, session, sites, access: provider.access }));
}

/** POST: forgets what was allowed to a site and ends all it got by it, its refresh tokens included. */
export async function takeBack(provider: Provider, request: Request): Promise<Response> {
  const { store, clock, observe, issuer } = provider;
  const clientId = (await readForm(request)).get('client_id');
  const visitor = await findVisitor(provider, request);
  if (visitor && clientId !== undefined) {
    const { sub } = visitor.person;
    if (await store.revokeConsent(sub, clientId, clock()))
      observe({ type: 'consent.revoked', clientId, sub });
  }
  return seeOther(`${issuer}/account`);
}

const nobody = html`<h1>Your account</h1>
  <p>Nobody is signed in in this browser. Open one of your sites and press “Sign in” there.</p>`;
