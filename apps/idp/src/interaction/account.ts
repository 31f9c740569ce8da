import { html } from 'hono/html';
import { readForm } from '../http/params.ts';
import { pageResponse, seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { accountPage, type AllowedSite } from './account-page.ts';
import { findSignedIn } from './interaction-page.ts';
import { layout, type View } from './layout.ts';

/** GET: who is signed in here, what they allowed to whom, and the way out. */
export async function showAccount(provider: Provider, view: View, request: Request): Promise<Response> {
  const signedIn = await findSignedIn(provider, request);
  if (!signedIn) return pageResponse(await layout(view, 'Your account', nobody));
  const { person, session } = signedIn;
  const consents = await provider.store.listConsents(person.sub);
  const sites = consents.map((consent): AllowedSite => ({
    consent,
    name: provider.clients.find(consent.clientId)?.name ?? consent.clientId,
  }));
  return pageResponse(await accountPage(view, { person, session, sites, access: provider.access }));
}

/** POST: forgets what was allowed to a site and ends all it got by it, its refresh tokens included. */
export async function revokeConsent(provider: Provider, request: Request): Promise<Response> {
  const { store, clock, observe, issuer } = provider;
  const clientId = (await readForm(request)).get('client_id');
  const signedIn = await findSignedIn(provider, request);
  if (signedIn && clientId !== undefined) {
    const { sub } = signedIn.person;
    if (await store.revokeConsent(sub, clientId, clock()))
      observe({ type: 'consent.revoked', clientId, sub });
  }
  return seeOther(`${issuer}/account`);
}

const nobody = html`<h1>Your account</h1>
  <p>Nobody is signed in in this browser. Open one of your sites and press “Sign in” there.</p>`;
