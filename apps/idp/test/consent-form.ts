import { type Browser, locationOf } from './browser.ts';
import { authorizePath } from './test-provider.ts';

export const STRANGER = { client_id: 'stranger', redirect_uri: 'https://stranger.example/auth/callback' };
export const ask = (change: Record<string, string> = {}) => authorizePath({ ...STRANGER, ...change });

export const isConsent = (url: URL) => url.pathname.startsWith('/consent/');
export const sessionIn = (html: string) => /name="session" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** The boxes of a page: name → ticked. */
export function boxesIn(html: string): Record<string, boolean> {
  const boxes = [...html.matchAll(/<input\s+type="checkbox"[^>]*value="([^"]+)"([^>]*)>/g)];
  return Object.fromEntries(boxes.map(([, name = '', rest = '']) => [name, rest.includes('checked')]));
}

/** Opens the page that asks, and answers with these boxes ticked. */
export async function answer(browser: Browser, path: string, ticked: readonly string[]): Promise<URL> {
  const { pathname } = locationOf(await browser.get(path));
  const html = await (await browser.get(pathname)).text();
  const form = new URLSearchParams([['session', sessionIn(html)], ...ticked.map((name) => ['allow', name])]);
  const posted = await browser.post(pathname, form);
  return locationOf(await browser.get(locationOf(posted).pathname));
}
