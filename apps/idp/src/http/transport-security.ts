const YEAR = 31_536_000;
const LOCALHOST = /(^|\.)localhost\.?$/;

/**
 * The header by which browsers use https only for this host from now on (RFC 6797), where that is meant: names of this
 * machine are shared with whatever else is developed on it. Names below the issuer's may be somebody else's, so they are
 * left out.
 */
export function transportSecurityHeaders(issuer: string): Readonly<Record<string, string>> {
  const { protocol, hostname } = new URL(issuer);
  if (protocol !== 'https:' || LOCALHOST.test(hostname)) return {};
  return { 'Strict-Transport-Security': `max-age=${YEAR}` };
}
