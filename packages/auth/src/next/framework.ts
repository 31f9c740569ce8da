import { cookies, headers } from 'next/headers.js';
// Without the extension: Next swaps in its server half under exactly this name.
import { notFound, redirect } from 'next/navigation';

/** What this adapter needs of Next. A value, so that tests hand in their own request. */
export interface Framework {
  /** One cookie of the request being rendered, with the changes that `proxy.ts` or an action made to it. */
  readCookie(): Promise<(name: string) => string | undefined>;
  readHeader(name: string): Promise<string | undefined>;
  redirect(path: string): never;
  notFound(): never;
}

export const nextFramework: Framework = {
  async readCookie() {
    const jar = await cookies();
    return (name) => jar.get(name)?.value;
  },
  readHeader: async (name) => (await headers()).get(name) ?? undefined,
  redirect: (path) => redirect(path),
  notFound: () => notFound(),
};
