import type { CookieDetails } from '../../foundation/index.ts';
import { type CookieChange, cookieNamesIn } from '../../session/index.ts';
import type { Site } from '../site.ts';

/** Tells the observer which of the site's own cookies came with a request and which its answer changes: no value. */
export function reportCookies(
  site: Site,
  { method, url, headers }: Pick<Request, 'method' | 'url' | 'headers'>,
  changed: readonly string[],
): void {
  if (!site.details) return;
  const own = Object.values(site.jar.names);
  const isOwn = (name: string) => own.some((prefix) => name.startsWith(prefix));
  const read = cookieNamesIn(headers.get('cookie')).filter(isOwn);
  const set = changed.map(describeLine).filter(({ name }) => isOwn(name));
  const path = new URL(url).pathname;
  if (read.length + set.length === 0) return;
  site.observe({ type: 'cookies.handled', ...site.names, method, path, read, set });
}

export const linesOf = (changes: readonly CookieChange[]): string[] => changes.map(({ line }) => line);

/** Name and attributes of a `Set-Cookie` line (RFC 6265bis §4.1). */
function describeLine(line: string): CookieDetails {
  const [pair = '', ...attributes] = line.split(';');
  return { name: pair.slice(0, pair.indexOf('=')), attributes: attributes.map((one) => one.trim()) };
}
