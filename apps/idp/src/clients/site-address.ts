import type { Client } from './client.ts';

/**
 * Where somebody who is at the provider goes on to a site: to where the site begins a login of its own accord, which a
 * sign-on session answers without a page (OIDC Core §4), else to its home page. Undefined where it registered neither.
 */
export function findSiteAddress(
  { initiateLoginUri, uri }: Pick<Client, 'initiateLoginUri' | 'uri'>,
  issuer: string,
): string | undefined {
  if (initiateLoginUri === undefined) return uri;
  const address = new URL(initiateLoginUri);
  address.searchParams.append('iss', issuer);
  return address.href;
}
