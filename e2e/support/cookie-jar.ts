import { type Outgoing, send } from './send.ts';

/** A minimal cookie jar for stories that speak HTTP without a browser: host-only cookies by origin. */
export interface CookieJar {
  header(url: string): string;
  store(url: string, response: Response): void;
  find(url: string, name: string): string | undefined;
  /** Sets a cookie as if the site had; without a value it is deleted. */
  put(url: string, name: string, value?: string): void;
  /** The last `Set-Cookie` line of each name that came from there, as it came. */
  linesOf(url: string): readonly string[];
}

export function createCookieJar(): CookieJar {
  const byOrigin = new Map<string, Map<string, string>>();
  const linesByOrigin = new Map<string, Map<string, string>>();
  const cookiesOf = (url: string) => ofOrigin(byOrigin, url);
  return {
    header: (url) => [...cookiesOf(url)].map(([name, value]) => `${name}=${value}`).join('; '),
    find: (url, name) => cookiesOf(url).get(name),
    put(url, name, value) {
      if (value === undefined) cookiesOf(url).delete(name);
      else cookiesOf(url).set(name, value);
    },
    store(url, response) {
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const name = pair.slice(0, pair.indexOf('='));
        ofOrigin(linesByOrigin, url).set(name, line);
        if (/max-age=0/i.test(line)) cookiesOf(url).delete(name);
        else cookiesOf(url).set(name, pair.slice(pair.indexOf('=') + 1));
      }
    },
    linesOf: (url) => [...ofOrigin(linesByOrigin, url).values()],
  };
}

function ofOrigin(byOrigin: Map<string, Map<string, string>>, url: string): Map<string, string> {
  const { origin } = new URL(url);
  const found = byOrigin.get(origin) ?? new Map<string, string>();
  byOrigin.set(origin, found);
  return found;
}

/** One request with the jar's cookies, redirects left to the caller. */
export async function visit(jar: CookieJar, url: string, outgoing: Outgoing = {}): Promise<Response> {
  const cookie = jar.header(url);
  const headers = { ...outgoing.headers, ...(cookie === '' ? {} : { cookie }) };
  const response = await send(url, { ...outgoing, headers });
  jar.store(url, response);
  return response;
}

/** The absolute address that a redirect points at. */
export function requireLocation(from: string, response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${from} answered ${response.status} without a Location`);
  return new URL(location, from).href;
}
