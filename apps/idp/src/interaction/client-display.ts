import { html } from 'hono/html';
import type { Provider } from '../provider.ts';
import { clientLogoPath } from './client-logo.ts';
import type { Markup } from './layout.ts';
import { logo } from './logo.ts';

/** How pages show a client. */
export interface ClientDisplay {
  readonly name: string;
  /** Where its logo is at this provider; undefined where its letter stands for it. */
  readonly logoPath?: string | undefined;
  readonly policyUri?: string | undefined;
  readonly tosUri?: string | undefined;
}

/** A client that was removed since goes by its id. */
export async function findClientDisplay(
  { clients, clientLogos }: Pick<Provider, 'clients' | 'clientLogos'>,
  clientId: string,
): Promise<ClientDisplay> {
  const client = clients.find(clientId);
  if (!client) return { name: clientId };
  const { name, policyUri, tosUri } = client;
  const hasLogo = (await clientLogos.find(client)) !== undefined;
  return { name, policyUri, tosUri, logoPath: hasLogo ? clientLogoPath(client) : undefined };
}

/** Two tiles: the site that asks, and the provider. Screen readers skip them, since the text says the same. */
export function clientAndProviderTiles(client: ClientDisplay): Markup {
  return html`<div class="parties" aria-hidden="true">
    ${clientTile(client)}<span class="dots"></span><span class="tile own">${logo}</span>
  </div>`;
}

/** Its logo, or else its letter. */
export function clientTile({ name, logoPath }: ClientDisplay): Markup {
  return logoPath === undefined
    ? html`<span class="tile" aria-hidden="true"><bdi>${initialOf(name)}</bdi></span>`
    : html`<span class="tile picture" aria-hidden="true"><img src="${logoPath}" alt="" /></span>`;
}

/** What the client says of its handling of data, and its terms (OIDC Registration §2). The waiting page stays open. */
export function clientLinks({ name, policyUri, tosUri }: ClientDisplay): Markup {
  const links = [
    ...(policyUri === undefined ? [] : [newTabLink(policyUri, 'Privacy policy')]),
    ...(tosUri === undefined ? [] : [newTabLink(tosUri, 'Terms of use')]),
  ];
  return links.length === 0
    ? html``
    : html`<p class="muted small-print client-links"><bdi>${name}</bdi>: ${links}</p>`;
}

function newTabLink(href: string, words: string): Markup {
  return html`<a href="${href}" target="_blank" rel="noopener noreferrer">${words} (new tab)</a> `;
}

/** The first letter of a name, without “The”. */
export function initialOf(name: string): string {
  const [letter = ''] = name.replace(/^the\s+/i, '').trim();
  return letter.toUpperCase();
}

/** The host that the response goes to. Any client can register any name, but only its own host. */
export function displayHostOf(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri);
  return host === '' ? protocol.replace(/:$/, '') : host;
}
