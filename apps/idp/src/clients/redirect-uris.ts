import type { Client } from './client.ts';
import { isLoopbackHost } from './special-use-hosts.ts';

const LOOPBACK_LITERAL = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(?=[/?]|$)/;
const MAX_LENGTH = 2000;

/** https anywhere, http on loopback hosts only. */
export function isSecureUrl(value: string): boolean {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.protocol === 'https:' || isLoopbackHost(url.hostname);
}

/** A private-use scheme in reverse domain notation, such as `com.example.app:/callback` (RFC 8252 §7.1). */
export function isNativeRedirect(value: string): boolean {
  return /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:\//.test(value) && URL.canParse(value);
}

/**
 * What keeps an address from being registered, or undefined. Addresses are compared character by character later,
 * so only one that browsers take as it stands can ever match: no blanks, no backslash, nothing they would rewrite.
 */
export function findRedirectProblem(value: string): string | undefined {
  if (!isSecureUrl(value) && !isNativeRedirect(value))
    return 'is an https address (http on loopback hosts only)';
  if (value.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  if (value.includes('#')) return 'has no fragment (RFC 6749 §3.1.2)';
  if (value.includes('*')) return 'has no wildcard: each address is registered as it is (RFC 9700 §4.1.3)';
  if (!/^[\x21-\x7e]+$/.test(value) || /["\\<>^`{|}]/.test(value))
    return 'has characters that an address can’t have: encode them';
  if (new URL(value).username !== '') return 'has no user name';
  return undefined;
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
