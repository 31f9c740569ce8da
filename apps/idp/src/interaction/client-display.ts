import { html } from 'hono/html';
import type { Client } from '../clients/client.ts';
import type { Markup } from './layout.ts';
import { logo } from './logo.ts';

/** Two tiles: the site that asks, and the provider. Screen readers skip them, since the text says the same. */
export function clientAndProviderTiles(client: Pick<Client, 'name'>): Markup {
  return html`<div class="parties" aria-hidden="true">
    <span class="tile"><bdi>${initialOf(client.name)}</bdi></span
    ><span class="dots"></span><span class="tile own">${logo}</span>
  </div>`;
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
