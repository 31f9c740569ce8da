import { BoundTokenError, createBoundFetch } from '@sso/auth/browser';

/** One request of the page, as it shows it: neither token nor proof is in it. */
export interface PageStep {
  readonly what: string;
  readonly status: number;
  readonly challenge: string | undefined;
}

/** What the page did, in order, and the claims of its token. */
export interface PageTaken {
  readonly steps: readonly PageStep[];
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly body: string;
}

interface Target {
  readonly audience: string;
  readonly url: string;
}

/**
 * Calls the shop's API from this page with a token bound to the page's key, then sends the same token as somebody would who
 * copied it: as Bearer, and with the proof that was used. A new key each time, so that every step is seen.
 *
 * @throws BoundTokenError where the site gives no token
 */
export async function takeFromPage({ audience, url }: Target): Promise<PageTaken> {
  const steps: PageStep[] = [];
  let copied = new Headers();
  const watch = async (what: string, call: () => Promise<Response>) => {
    const response = await call();
    const challenge = response.headers.get('www-authenticate') ?? undefined;
    steps.push({ what, status: response.status, challenge });
    return response;
  };
  const boundFetch = createBoundFetch({
    fetch: (input, init) => {
      const address = input instanceof Request ? input.url : new URL(input, location.href).href;
      const isForShop = address === url;
      if (isForShop) copied = new Headers(init?.headers);
      const what = isForShop ? `GET ${url}, DPoP with a proof` : `POST ${address}`;
      return watch(what, () => fetch(input, init));
    },
  });
  const body = await (await boundFetch(audience, url)).text();
  const token = copied.get('authorization')?.replace('DPoP ', '') ?? '';
  const elsewhere = { mode: 'cors', credentials: 'omit', redirect: 'error' } as const;
  const asBearer = { authorization: `Bearer ${token}` };
  await watch('The same token as Bearer', () => fetch(url, { ...elsewhere, headers: asBearer }));
  await watch('The same request once more', () => fetch(url, { ...elsewhere, headers: copied }));
  return { steps, claims: claimsIn(token), body };
}

/** B-08: `sid` is the API's own name of the session, so no page shows it. */
function claimsIn(token: string): PageTaken['claims'] {
  const [, payload = ''] = token.split('.');
  const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
  const { sid: _sid, ...claims }: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes));
  return claims;
}

export const isNoToken = (error: unknown): error is BoundTokenError => error instanceof BoundTokenError;
