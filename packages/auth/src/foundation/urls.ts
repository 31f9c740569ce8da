import { authError } from './errors.ts';

/** No page of a site has a longer address. */
const MAX_RETURN_TO_LENGTH = 2048;

/**
 * Where to go after signing in or out: always path, query and hash on this site's own origin.
 * Takes any value (a query parameter may be missing, or an array) and never throws.
 *
 * @param value a path starting with one slash, or an absolute address of this site.
 * @param baseUrl this site's public address, from configuration.
 * @param fallback what to return for anything else. Default `/`.
 * @see OWASP ASVS 5 §1.3 and RFC 9700 §4.11: no open redirector
 * @example
 * ```ts
 * safeReturnTo('/cart?step=2', 'https://shop.example'); // '/cart?step=2'
 * safeReturnTo('//evil.example', 'https://shop.example'); // '/'
 * ```
 */
export function safeReturnTo(value: unknown, baseUrl: string, fallback = '/'): string {
  if (typeof value !== 'string' || value.length > MAX_RETURN_TO_LENGTH) return fallback;
  const { origin } = new URL(baseUrl);
  if (!isPathOrOwnAddress(value, origin) || !URL.canParse(value, origin)) return fallback;
  const url = new URL(value, origin);
  // `/.//evil.example` normalises to `//evil.example`: same origin here, another site in a Location header.
  if (url.origin !== origin || url.username !== '' || url.pathname.startsWith('//')) return fallback;
  return url.pathname + url.search + url.hash;
}

/** Browsers drop tab and line breaks inside an address and read `\` as `/`: `/<tab>/evil.example` is another site. */
function isPathOrOwnAddress(value: string, origin: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what this refuses
  if (/[\u0000-\u0020\u007F-\u00A0\u2028\u2029\\]/.test(value)) return false;
  if (value.startsWith('/')) return !value.startsWith('//');
  return value === origin || ['/', '?', '#'].some((next) => value.startsWith(origin + next));
}

/**
 * Parses the address of a provider or a site: https, or plain http on this machine only.
 *
 * @param name what to call it in the message, e.g. `issuer`.
 * @returns the parsed address.
 * @throws AuthError `config_invalid` for any other scheme, and for credentials or a fragment inside.
 */
export function requireSecureUrl(url: string, name: string): URL {
  if (!URL.canParse(url))
    throw authError('config_invalid', `${name} is not an absolute URL: write https://…`);
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '' || parsed.hash !== '') {
    throw authError('config_invalid', `${name} must hold neither credentials nor a fragment`);
  }
  if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopbackHost(parsed.hostname)))
    return parsed;
  // RFC 9700 §2.6: tokens and codes travel on these addresses.
  throw authError(
    'config_invalid',
    `${name} must be https: plain http is for 127.0.0.1, [::1], localhost and *.localhost only`,
  );
}

/** This machine's own names: `127.0.0.1`, `[::1]`, `localhost`, `*.localhost` (RFC 6761 §6.3). */
function isLoopbackHost(hostname: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) || hostname.endsWith('.localhost');
}

/**
 * The address to connect to for one of the provider's public addresses. Below the issuer, the internal address replaces
 * the issuer; elsewhere on the same origin, it replaces the origin; other origins stay as they are. Only connections use
 * the result: what documents and tokens are compared with stays public.
 *
 * @param internalIssuerUrl the issuer's address on the private network; `undefined` keeps the public one.
 */
export function toInternalUrl(
  address: string,
  issuer: string,
  internalIssuerUrl: string | undefined,
): string {
  if (internalIssuerUrl === undefined) return address;
  const outside = issuer.replace(/\/$/, '');
  if (address === outside || address.startsWith(`${outside}/`)) {
    return internalIssuerUrl.replace(/\/$/, '') + address.slice(outside.length);
  }
  const url = new URL(address);
  if (url.origin !== new URL(issuer).origin) return address;
  return new URL(url.pathname + url.search, internalIssuerUrl).href;
}

/**
 * The inverse of `toInternalUrl`: some providers list their endpoints below the internal address at which they were asked.
 * Such an address is moved to the issuer's origin, so that one rule holds for all; other addresses stay as they are.
 */
export function toPublicUrl(address: string, issuer: string, internalIssuerUrl: string | undefined): string {
  if (internalIssuerUrl === undefined || !URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.origin !== new URL(internalIssuerUrl).origin) return address;
  return new URL(url.pathname + url.search, issuer).href;
}
