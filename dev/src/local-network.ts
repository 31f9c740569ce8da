import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/**
 * Lets this Node process reach `https://*.localhost`: browsers resolve those names themselves (RFC 6761 §6.3), Node
 * asks the system, which mostly does not know them. And it trusts the local root beside the usual ones, so that
 * TLS checks can stay on. Local development only.
 *
 * @param rootCertificate path of Caddy's root certificate, PEM
 * @throws Error when the file cannot be read
 */
export function applyLocalNetwork(rootCertificate: string): void {
  resolveLocalhostNames();
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(rootCertificate, 'utf8')]);
}

const APPLIED = Symbol.for('@sso/dev.localhost-names');

function resolveLocalhostNames(): void {
  if (APPLIED in dns.lookup) return;
  dns.lookup = withLocalhostNames(dns.lookup);
  dns.promises.lookup = withLocalhostNames(dns.promises.lookup);
  syncBuiltinESMExports();
}

/** The look-up, with `*.localhost` read as 127.0.0.1: that needs no resolver, and Caddy always listens there. */
function withLocalhostNames<T extends (...args: never[]) => unknown>(lookup: T): T {
  return new Proxy(lookup, {
    apply: (target, self, [hostname, ...rest]: unknown[]): unknown =>
      Reflect.apply(target, self, [isLocalhostName(hostname) ? '127.0.0.1' : hostname, ...rest]),
    has: (target, key) => key === APPLIED || key in target,
  });
}

/** The trailing dot of a fully qualified name changes nothing. */
export function isLocalhostName(hostname: unknown): boolean {
  return typeof hostname === 'string' && /\.localhost\.?$/i.test(hostname);
}
