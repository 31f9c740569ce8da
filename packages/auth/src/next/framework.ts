import { cookies, headers } from 'next/headers.js';
import { connection, NextResponse } from 'next/server.js';
import { type CookieChange, isAmbiguous } from '../session/index.ts';

/** What this adapter needs of Next. A value, so that tests can pass their own request. */
export interface Framework {
  /**
   * Settles for a real request alone, never in a build or a prefetch: what comes after it is of one moment and one person.
   */
  connection(): Promise<void>;
  /** One cookie of the request, with the changes that `proxy.ts`, an action or a handler made to it. */
  readCookie(): Promise<(name: string) => string | undefined>;
  /**
   * Changes cookies of the browser, and of this request for code that reads them later. Only in handlers and actions. A
   * handler that ends with `redirect()` sends them too, unlike headers of a response that it built before.
   */
  changeCookies(changes: readonly CookieChange[]): Promise<void>;
  readHeader(name: string): Promise<string | undefined>;
  redirect(path: string): Promise<never>;
  notFound(): Promise<never>;
}

/** The request header by which `proxy.ts` hands a session over to the page of the same request. */
export const HANDOVER_HEADER = 'x-auth-handover';

/**
 * The specifier has no extension because Next replaces exactly this name by its server build. It is imported when it is
 * needed, because plain Node finds no file of this name, and a test may load a site's wiring there.
 */
const navigation = () => import('next/navigation');

/** A `Set-Cookie` line as Next's cookie jar takes it. */
export function toNextCookie({ name, value, line }: CookieChange): ResponseCookie {
  const parsed = new NextResponse(null, { headers: { 'set-cookie': line } }).cookies.get(name);
  // Next's reader drops a Max-Age of 0, which is how a cookie is deleted.
  return { ...parsed, name, value: value ?? '', ...(value === undefined ? { maxAge: 0 } : {}) };
}

type ResponseCookie = NonNullable<ReturnType<NextResponse['cookies']['get']>>;

export const nextFramework: Framework = {
  connection,
  async readCookie() {
    const [jar, sent] = [await cookies(), (await headers()).get('cookie')];
    // Next takes the last of two cookies with one name and decodes escapes, so readers could differ (C-02).
    return (name) => (isAmbiguous(sent, name) ? undefined : jar.get(name)?.value);
  },
  async changeCookies(changes) {
    const jar = await cookies();
    for (const change of changes) jar.set(toNextCookie(change));
  },
  readHeader: async (name) => (await headers()).get(name) ?? undefined,
  redirect: async (path) => (await navigation()).redirect(path),
  notFound: async () => (await navigation()).notFound(),
};
