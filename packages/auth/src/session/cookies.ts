/** The cookies of a relying party. Over https each carries the `__Host-` prefix: no sibling can set or shadow it. */
export interface CookieNames {
  /** The sealed session. */
  readonly session: string;
  /** The prefix of the cookies of pending logins; each login has a sealed cookie of its own. */
  readonly login: string;
  /** Marker without a secret: nothing is due yet, `proxy.ts` need not run. */
  readonly fresh: string;
  /** Marker without a secret: when `prompt=none` was last sent, or why it must not be sent now. */
  readonly silent: string;
  /** A sealed sign-out that the provider could not be told of. */
  readonly logout: string;
}

/** Finds one cookie of a request by name; `undefined` when it is absent or sent twice. */
export type ReadCookie = (name: string) => string | undefined;

/** A request's cookies: the `Cookie` header as it came, or a look-up of the framework's own. */
export type CookieSource = string | null | undefined | ReadCookie;

/** One cookie to set, or to delete where `value` is `undefined`. `line` is the whole `Set-Cookie` line. */
export interface CookieChange {
  readonly name: string;
  readonly value: string | undefined;
  readonly line: string;
}

/** Names and attributes of a site's cookies. */
export interface CookieJar {
  readonly names: CookieNames;
  set(name: string, value: string, maxAgeSeconds: number): CookieChange;
  remove(name: string): CookieChange;
}

/**
 * Names and attributes for a site's base URL: `__Host-` and `Secure` over https, neither on loopback http.
 *
 * @param own stands before each name behind `__Host-`, for several sites on one host.
 */
export function createCookieJar(baseUrl: string, own = ''): CookieJar {
  const secure = new URL(baseUrl).protocol === 'https:';
  const prefix = (secure ? '__Host-' : '') + own;
  // RFC 6265bis §4.1.3.2: __Host- wants Secure, Path=/ and no Domain, on deletion too, or the browser ignores it.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    names: {
      session: `${prefix}session`,
      login: `${prefix}login`,
      fresh: `${prefix}fresh`,
      silent: `${prefix}silent`,
      logout: `${prefix}logout`,
    },
    set: (name, value, maxAgeSeconds) => ({
      name,
      value,
      line: `${name}=${requireCookieValue(value)}; Max-Age=${Math.max(0, Math.floor(maxAgeSeconds))}; ${attributes}`,
    }),
    remove: (name) => ({ name, value: undefined, line: `${name}=; Max-Age=0; ${attributes}` }),
  };
}

/** Only characters that no framework encodes, so that every reader sees the same bytes. None of them ends the value. */
function requireCookieValue(value: string): string {
  if (!/^[\w.~-]*$/.test(value)) throw new TypeError('a cookie value is limited to A-Z a-z 0-9 _ - . ~');
  return value;
}

/** A look-up by name over a request's cookies, in either of their forms. */
export function cookieReader(source: CookieSource): ReadCookie {
  if (typeof source === 'function') return source;
  const found = parseCookies(source ?? '');
  return (name) => found.get(name);
}

/** The names of all cookies in a `Cookie` header. */
export function cookieNamesIn(header: string | null): readonly string[] {
  return [...parseCookies(header ?? '').keys()];
}

/**
 * Whether readers could differ about a cookie of ours: sent more than once, or with escapes, which some undo and we never
 * write. Frameworks pick one reading; we take none.
 */
export function isAmbiguous(header: string | null | undefined, name: string): boolean {
  const found = parseCookies(header ?? '');
  const value = found.get(name);
  return found.has(name) && (value === undefined || value.includes('%'));
}

/** A name that is sent twice reads as absent: which of the two was ours can't be told (RFC 6265bis §5.8.3). */
function parseCookies(header: string): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at < 0) continue;
    const name = withoutSpace(pair.slice(0, at));
    found.set(name, found.has(name) ? undefined : withoutSpace(pair.slice(at + 1)));
  }
  return found;
}

/**
 * Without the white space that HTTP knows (RFC 9110 §5.6.3). `trim()` takes more away, U+00A0 for one: a sibling's cookie
 * of the name `\u00A0__Host-session`, which no browser holds to the prefix's rules, would be read as ours (C-03).
 * By hand: a pattern that looks for the end takes a time that grows with the square of the length.
 */
function withoutSpace(text: string): string {
  const isSpace = (at: number) => text[at] === ' ' || text[at] === '\t';
  let [start, end] = [0, text.length];
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return text.slice(start, end);
}
