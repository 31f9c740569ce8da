import type { BrowserContext } from '@playwright/test';
import { type CookieJar, createCookieJar } from './cookie-jar.ts';

type Cookie = Parameters<BrowserContext['addCookies']>[0][number];

/** A jar with the cookies that a browser would send to these origins. */
export async function jarOf(context: BrowserContext, origins: readonly string[]): Promise<CookieJar> {
  const jar = createCookieJar();
  for (const origin of origins)
    for (const { name, value } of await context.cookies(origin)) jar.put(origin, name, value);
  return jar;
}

/** Gives a browser what was set while a jar spoke for it, with the attributes that the sites gave. */
export async function handBack(
  context: BrowserContext,
  jar: CookieJar,
  origins: readonly string[],
): Promise<void> {
  await context.addCookies(origins.flatMap((url) => jar.linesOf(url).map((line) => toCookie(url, line))));
}

/** RFC 6265 §4.1.1 */
function toCookie(url: string, line: string): Cookie {
  const [pair = '', ...attributes] = line.split(/; */);
  const value = (name: string) =>
    attributes.find((one) => one.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const has = (name: string) => attributes.some((one) => one.toLowerCase() === name);
  const maxAge = value('max-age');
  return {
    name: pair.slice(0, pair.indexOf('=')),
    value: pair.slice(pair.indexOf('=') + 1),
    url,
    secure: has('secure'),
    httpOnly: has('httponly'),
    sameSite: value('samesite')?.toLowerCase() === 'strict' ? 'Strict' : 'Lax',
    ...(maxAge !== undefined && { expires: Math.floor(Date.now() / 1000) + Number(maxAge) }),
  };
}
