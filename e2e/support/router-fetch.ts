import type { Page } from '@playwright/test';
import { type Outgoing, send } from './send.ts';

/** One request, and a second where Next sends a router's fetch on to the address with the `_rsc` it wants. */
export async function sendAsRouter(url: string, outgoing: Outgoing): Promise<Response> {
  const response = await send(url, outgoing);
  const location = response.headers.get('location');
  return location?.includes('_rsc') ? send(new URL(location, url).href, outgoing) : response;
}

/** What a click on Next's `<Link>` does; the sites' own links to protected pages are plain ones. */
export async function pushRoute(page: Page, path: string): Promise<void> {
  await page.evaluate(`window.next.router.push(${JSON.stringify(path)})`);
}
