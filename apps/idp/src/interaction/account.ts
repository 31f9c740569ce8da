import { html } from 'hono/html';
import { findSiteAddress } from '../clients/site-address.ts';
import { readForm } from '../http/params.ts';
import { pageResponse, seeOther } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { accountPage, type AllowedSite, type OwnSite } from './account-page.ts';
import type { Consent } from '../store/index.ts';
import { findSignedIn } from './interaction-page.ts';
import { layout, type View } from './layout.ts';

/** GET: who is signed in here, what they allowed to whom, and the way out. */
export async function showAccount(provider: Provider, view: View, request: Request): Promise<Response> {
  const signedIn = await findSignedIn(provider, request);
  if (!signedIn) return pageResponse(await layout(view, 'Your account', nobody));
  const { person, session } = signedIn;
  const consents = await provider.store.listConsents(person.sub);
  const sites = consents.map((consent) => toAllowedSite(provider, consent));
  const ownSites = listOwnSites(provider);
  const content = { person, session, ownSites, sites, access: provider.access };
  return pageResponse(await accountPage(view, content));
}

function toAllowedSite({ clients, issuer }: Provider, consent: Consent): AllowedSite {
  const client = clients.find(consent.clientId);
  return {
    consent,
    name: client?.name ?? consent.clientId,
    href: client && findSiteAddress(client, issuer),
  };
}

/** The operator's own sites that say where a login begins; a site without an address is no place to go. */
function listOwnSites({ clients, issuer }: Provider): OwnSite[] {
  return clients.list().flatMap((client) => {
    const href = client.initiateLoginUri && findSiteAddress(client, issuer);
    return client.firstParty && href ? [{ name: client.name, href }] : [];
  });
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
