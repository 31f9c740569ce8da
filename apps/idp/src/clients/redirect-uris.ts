import type { Client } from './registration.ts';

const LOOPBACK_NAME = /^(127\.0\.0\.1|\[::1\]|localhost|([a-z0-9-]+\.)+localhost)$/i;
const LOOPBACK_LITERAL = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?=[/?]|$)/;

/** https anywhere, http on loopback hosts only. */
export function isSecureUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_NAME.test(url.hostname));
}

/** A private-use scheme in reverse domain notation, such as `com.example.app:/callback` (RFC 8252 §7.1). */
export function isNativeRedirect(value: string): boolean {
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:\//.test(value);
}

/**
 * Whether an address is one of the client's: the same string, character by character. Anything cleverer (prefixes,
 * wildcards, normalising) has let codes out to attackers (RFC 9700 §4.1). Only a native client on a loopback
 * literal may bring another port (RFC 8252 §7.3).
 */
export function isRegisteredRedirect(client: Client, redirectUri: string): boolean {
  if (client.redirectUris.includes(redirectUri)) return true;
  if (!client.native || !LOOPBACK_LITERAL.test(redirectUri)) return false;
  const portless = withoutPort(redirectUri);
  return client.redirectUris.some((known) => LOOPBACK_LITERAL.test(known) && withoutPort(known) === portless);
}

function withoutPort(uri: string): string {
  return uri.replace(LOOPBACK_LITERAL, 'http://$1');
}
