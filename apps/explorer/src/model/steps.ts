import type { Hop, SiteName } from '../records/record.ts';
import type { Kind } from './message.ts';

/** What a request is, by where it goes. */
interface Step {
  readonly kind: Kind;
  readonly title: string;
  /** Who sends it where no browser does: the provider, or a site (which, other facts say). */
  readonly sender?: 'provider' | 'site';
}

interface Rule extends Step {
  readonly at: 'site' | 'provider';
  readonly method?: string;
  readonly path: RegExp;
  readonly applies?: (hop: Hop) => boolean;
}

const parameter = (hop: Hop, name: string) => hop.parameters.find(([own]) => own === name)?.[1];
const isSilent = (hop: Hop) => parameter(hop, 'prompt') === 'none';

/** The first that fits. */
const rules: readonly Rule[] = [
  { at: 'site', path: /^\/auth\/login$/, kind: 'redirect', title: 'Begins a login and goes to the provider' },
  {
    at: 'site',
    path: /^\/auth\/callback$/,
    kind: 'redirect',
    title: 'Comes back with the provider’s answer',
  },
  { at: 'site', method: 'POST', path: /^\/auth\/logout$/, kind: 'logout', title: 'Signs out' },
  { at: 'site', path: /^\/auth\/logged-out$/, kind: 'logout', title: 'Comes back signed out' },
  { at: 'site', path: /^\/signed-out$/, kind: 'logout', title: 'Sees that nobody is signed in any more' },
  {
    at: 'site',
    path: /^\/auth\/backchannel-logout$/,
    kind: 'logout',
    title: 'Logout token: end this session',
    sender: 'provider',
  },
  {
    at: 'site',
    path: /^\/auth\/security-events$/,
    kind: 'event',
    title: 'Event token: permissions have changed',
    sender: 'provider',
  },
  { at: 'site', path: /^\/auth\/session$/, kind: 'page', title: 'Asks who is signed in' },
  { at: 'site', path: /^\/api\//, kind: 'api', title: 'Calls the API', sender: 'site' },
  {
    at: 'provider',
    path: /^\/authorize$/,
    applies: isSilent,
    kind: 'redirect',
    title: 'Asks silently whether somebody is signed in',
  },
  { at: 'provider', path: /^\/authorize$/, kind: 'redirect', title: 'Asks for a sign-in' },
  { at: 'provider', path: /^\/authorize\//, kind: 'redirect', title: 'Takes the answer back to the site' },
  {
    at: 'provider',
    method: 'POST',
    path: /^\/sign-in\//,
    kind: 'sign-in',
    title: 'Sends username and passphrase',
  },
  { at: 'provider', path: /^\/sign-in\//, kind: 'sign-in', title: 'Sees the sign-in page' },
  { at: 'provider', method: 'POST', path: /^\/consent\//, kind: 'sign-in', title: 'Answers the consent' },
  { at: 'provider', path: /^\/(consent|select-account)\//, kind: 'sign-in', title: 'Is asked for consent' },
  { at: 'provider', path: /^\/token$/, kind: 'token', title: 'Asks for tokens', sender: 'site' },
  { at: 'provider', path: /^\/revoke$/, kind: 'token', title: 'Revokes a token', sender: 'site' },
  {
    at: 'provider',
    path: /^\/introspect$/,
    kind: 'token',
    title: 'Asks what a token is worth',
    sender: 'site',
  },
  {
    at: 'provider',
    path: /^\/par$/,
    kind: 'token',
    title: 'Pushes an authorization request',
    sender: 'site',
  },
  {
    at: 'provider',
    path: /^\/userinfo$/,
    kind: 'api',
    title: 'Asks for the person’s claims',
    sender: 'site',
  },
  { at: 'provider', path: /^\/jwks$/, kind: 'keys', title: 'Fetches the provider’s keys', sender: 'site' },
  {
    at: 'provider',
    path: /^\/\.well-known\//,
    kind: 'keys',
    title: 'Reads where the endpoints are',
    sender: 'site',
  },
  { at: 'provider', path: /^\/end-session$/, kind: 'logout', title: 'Asks to end the sign-on session' },
  {
    at: 'provider',
    path: /^\/(sign-out|signed-out)/,
    kind: 'logout',
    title: 'Is signed out at the provider',
  },
  { at: 'provider', path: /^\/account\/sign-out/, kind: 'logout', title: 'Signs out everywhere' },
];

const page: Step = { kind: 'page', title: 'Asks for a page' };

/** What a request is about. */
export function stepOf(hop: Hop): Step {
  const at = hop.site === 'idp' ? 'provider' : 'site';
  const rule = rules.find(
    ({ at: where, method, path, applies }) =>
      where === at &&
      (method === undefined || method === hop.method) &&
      path.test(hop.path) &&
      (applies === undefined || applies(hop)),
  );
  return rule ?? page;
}

const grants: Readonly<Record<string, string>> = {
  authorization_code: 'Exchanges the code for tokens',
  refresh_token: 'Renews the tokens',
  client_credentials: 'Asks for a token of its own',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'Exchanges the token for one of another API',
};

/** What the token endpoint is asked for, once the provider has said which grant it was. */
export function grantTitle(grantType: string | undefined): string | undefined {
  return grantType === undefined ? undefined : grants[grantType];
}

/** The client ids of the sites are their names here (packages/domains). */
export function siteOfClient(clientId: string | undefined): SiteName | undefined {
  return clientId === 'shop' || clientId === 'blog' ? clientId : undefined;
}
