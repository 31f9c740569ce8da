import { html } from 'hono/html';
import { findSiteAddress } from '../clients/site-address.ts';
import { readForm } from '../http/params.ts';
import { pageResponse, seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { accountPage, type AllowedSite, type OwnSite } from './account-page.ts';
import type { Consent } from '../store/index.ts';
import { findClientDisplay } from './client-display.ts';
import { findSignedIn } from './interaction-page.ts';
import { layout, type View } from './layout.ts';

/** GET: who is signed in here, what they allowed to whom, and the way out. */
export async function showAccount(provider: Provider, view: View, request: Request): Promise<Response> {
  const signedIn = await findSignedIn(provider, request);
  if (!signedIn) return pageResponse(await layout(view, 'Your account', nobody));
  const { person, session } = signedIn;
  const consents = await provider.store.listConsents(person.sub);
  const sites = await Promise.all(consents.map((consent) => toAllowedSite(provider, consent)));
  const ownSites = await Promise.all(listOwnSites(provider));
  const content = { person, session, ownSites, sites, access: provider.access };
  return pageResponse(await accountPage(view, content));
}

async function toAllowedSite(provider: Provider, consent: Consent): Promise<AllowedSite> {
  const client = provider.clients.find(consent.clientId);
  return {
    consent,
    client: await findClientDisplay(provider, consent.clientId),
    href: client && findSiteAddress(client, provider.issuer),
  };
}

/** The operator's own sites that say where a login begins; a site without an address is no place to go. */
function listOwnSites(provider: Provider): Promise<OwnSite>[] {
  return provider.clients.list().flatMap((client) => {
    const href = client.initiateLoginUri && findSiteAddress(client, provider.issuer);
    return client.firstParty && href ? [toOwnSite(provider, client.clientId, href)] : [];
  });
}

async function toOwnSite(provider: Provider, clientId: string, href: string): Promise<OwnSite> {
  return { client: await findClientDisplay(provider, clientId), href };
}

/** POST: forgets what was allowed to a site and ends all it got by it, its refresh tokens included. */
export async function revokeConsent(provider: Provider, request: Request): Promise<Response> {
  const { store, clock, observe, issuer, outbox } = provider;
  const clientId = (await readForm(request)).get('client_id');
  const signedIn = await findSignedIn(provider, request);
  if (signedIn && clientId !== undefined) {
    const { sub } = signedIn.person;
    if (await store.revokeConsent(sub, clientId, clock()))
      observe({ type: 'consent.revoked', clientId, sub });
    outbox.wake();
  }
  return seeOther(`${issuer}/account`);
}

const nobody = html`<h1>Your account</h1>
  <p>Nobody is signed in in this browser. Open one of your sites and press “Sign in” there.</p>`;
