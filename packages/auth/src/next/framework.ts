import { cookies, headers } from 'next/headers.js';
import { NextResponse } from 'next/server.js';
import { type CookieChange, isAmbiguous } from '../session/index.ts';

/** What this adapter needs of Next. A value, so that tests hand in their own request. */
export interface Framework {
  /** One cookie of the request, with the changes that `proxy.ts`, an action or a handler made to it. */
  readCookie(): Promise<(name: string) => string | undefined>;
  /**
   * Changes cookies of the browser, and of this request for whatever reads them from here on. Handlers and actions only.
   * A handler that leaves by `redirect()` keeps them, which headers of its own answer would not be.
   */
  changeCookies(changes: readonly CookieChange[]): Promise<void>;
  readHeader(name: string): Promise<string | undefined>;
  redirect(path: string): Promise<never>;
  notFound(): Promise<never>;
}

/**
 * Without the extension, for Next swaps in its server half under exactly this name; and not before it is needed, for
 * plain Node knows no such file: a test there may load a site's wiring.
 */
const navigation = () => import('next/navigation');

/** A `Set-Cookie` line as Next's cookie jar takes it. */
export function toNextCookie({ name, value, line }: CookieChange): ResponseCookie {
  const parsed = new NextResponse(null, { headers: { 'set-cookie': line } }).cookies.get(name);
  // Next's reader forgets the Max-Age of a deletion, for it is 0.
  return { ...parsed, name, value: value ?? '', ...(value === undefined ? { maxAge: 0 } : {}) };
}

type ResponseCookie = NonNullable<ReturnType<NextResponse['cookies']['get']>>;

export const nextFramework: Framework = {
  async readCookie() {
    const [jar, sent] = [await cookies(), (await headers()).get('cookie')];
    // Next would take the last of two, and undo escapes (C-02).
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
