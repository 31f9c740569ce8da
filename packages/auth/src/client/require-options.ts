import { authError, requireSecureUrl } from '../foundation/index.ts';
import { requireSigningAlgorithms } from '../tokens/index.ts';
import { reservedParameters } from './login/authorization-request.ts';
import type { AnyOptions } from './options.ts';

/**
 * Checks what can be checked before the first request, loudly.
 *
 * @returns the parsed base URL.
 * @throws AuthError `config_invalid` naming the option that is wrong.
 */
export function requireOptions(options: AnyOptions): URL {
  requireSecureUrl(options.issuer, 'issuer');
  const base = requireSecureUrl(options.baseUrl, 'baseUrl');
  if (base.search !== '') throw invalid('baseUrl must not hold a query: write the public origin');
  for (const check of checks) {
    const fault = check(options);
    if (fault !== undefined) throw invalid(fault);
  }
  if (options.algorithms) requireSigningAlgorithms(options.algorithms);
  return base;
}

const invalid = (message: string) => authError('config_invalid', message);

/** What is wrong with one option, if anything. */
type Check = (options: AnyOptions) => string | undefined;

const checks: readonly Check[] = [
  ({ clientId }) => (clientId === '' ? 'clientId is empty: write the registered client id' : undefined),
  ({ clientSecret }) =>
    clientSecret === '' ? 'clientSecret is empty: leave it out for a public client' : undefined,
  ({ clientSecret, clientKey }) =>
    clientSecret !== undefined && clientKey !== undefined
      ? 'clientSecret and clientKey are both given: a client proves itself in one way (RFC 6749 §2.3)'
      : undefined,
  ({ trustedAudiences = [] }) =>
    trustedAudiences.some((audience) => audience === '' || /\s/.test(audience))
      ? 'trustedAudiences holds an empty text or one with spaces: list each audience by itself'
      : undefined,
  ({ scope = 'openid' }) =>
    scope.split(' ').includes('openid')
      ? undefined
      : 'scope lacks "openid": without it no ID token says who signed in (OIDC Core §3.1.2.1)',
  ({ internalIssuerUrl }) =>
    internalIssuerUrl === undefined || isHttp(internalIssuerUrl)
      ? undefined
      : 'internalIssuerUrl is not an absolute URL: write http://host:port',
  ({ access, audience }) =>
    access && audience !== undefined && !Object.hasOwn(access.audiences, audience)
      ? `the access contract does not define the audience ${audience}: add it there`
      : undefined,
  ({ dpopBoundTokens, clientSecret, clientKey }) =>
    dpopBoundTokens === true && clientSecret === undefined && !clientKey
      ? 'dpopBoundTokens is for a client with clientSecret or clientKey: a public one’s refresh tokens would end with the process'
      : undefined,
  ({ access, browserAudiences = [] }) => {
    const unknown = browserAudiences.find((one) => access && !Object.hasOwn(access.audiences, one));
    return (
      unknown && `browserAudiences names ${unknown}, which the access contract does not define: add it there`
    );
  },
  ({ browserAudiences = [], audience }) =>
    audience !== undefined && browserAudiences.includes(audience)
      ? 'browserAudiences names this site’s own audience: its pages call it with their cookie'
      : undefined,
  ({ lifetimes = {} }) => {
    const odd = Object.entries(lifetimes).find(
      ([, seconds]) => !Number.isSafeInteger(seconds) || seconds < 0,
    );
    return odd && `lifetimes.${odd[0]} is not a number of whole seconds`;
  },
  ({ lifetimes }) =>
    lifetimes?.idleSeconds === 0 || lifetimes?.absoluteSeconds === 0
      ? 'lifetimes.idleSeconds and absoluteSeconds must be more than 0: every session would be over at once'
      : undefined,
  ({ errorPath, signedOutPath }) =>
    [errorPath, signedOutPath].every((path) => path === undefined || /^\/(?![/\\])/.test(path))
      ? undefined
      : 'errorPath and signedOutPath are paths of this site: start them with one slash',
  ({ cookiePrefix = '' }) =>
    /^[\w-]{0,40}$/.test(cookiePrefix)
      ? undefined
      : 'cookiePrefix is limited to 40 of A-Z a-z 0-9 _ -: it becomes part of cookie names',
  ({ refreshes, spent }) =>
    refreshes && !spent
      ? 'refreshes is given and spent is not: without a shared one every process takes the refresh for its own'
      : undefined,
  ({ authorizationParameters = {} }) => {
    const reserved = reservedParameters.find((name) => Object.hasOwn(authorizationParameters, name));
    return reserved && `authorizationParameters names ${reserved}, which this package sets itself`;
  },
];

const isHttp = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
