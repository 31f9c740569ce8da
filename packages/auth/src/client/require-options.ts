import { authError, requireSecureUrl } from '../foundation/index.ts';
import type { AnyOptions } from './site.ts';

/**
 * Checks what can be checked before the first request, loudly.
 *
 * @returns the parsed base URL.
 * @throws AuthError `config_invalid` naming the option that is wrong.
 */
export function requireOptions(options: AnyOptions): URL {
  requireSecureUrl(options.issuer, 'issuer');
  const base = requireSecureUrl(options.baseUrl, 'baseUrl');
  if (base.search !== '')
    throw authError('config_invalid', 'baseUrl must not hold a query: write the public origin');
  if (options.clientId === '')
    throw authError('config_invalid', 'clientId is empty: write the registered client id');
  if (options.clientSecret === '')
    throw authError('config_invalid', 'clientSecret is empty: leave it out for a public client');
  if (!(options.scope ?? 'openid').split(' ').includes('openid')) {
    throw authError(
      'config_invalid',
      'scope lacks "openid": without it no ID token says who signed in (OIDC Core §3.1.2.1)',
    );
  }
  if (options.internalIssuerUrl !== undefined && !isHttp(options.internalIssuerUrl)) {
    throw authError('config_invalid', 'internalIssuerUrl is not an absolute URL: write http://host:port');
  }
  return base;
}

const isHttp = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
