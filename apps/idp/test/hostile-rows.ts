import { storedClientSchema } from '../src/clients/metadata-schema.ts';
import { FORM_POST_SCRIPT_PATH } from '../src/interaction/form-post-page.ts';
import { SIGNED_OUT_SCRIPT_PATH } from '../src/interaction/signed-out-script.ts';
import { FAVICON_PATH } from '../src/interaction/logo.ts';
import { loadStylesheet } from '../src/interaction/stylesheet.ts';
import { locationOf } from './browser.ts';
import type { RightRequest } from './hostile-requests.ts';
import { clients } from './registrations.ts';
import { INITIAL_TOKEN, registerStranger, type SelfRegistered } from './strangers.ts';
import { JWT_BEARER } from './signer.ts';
import {
  authorizationForm,
  codeForm,
  signIn,
  type TestProvider,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { openConsent, openSelectAccount, openSignIn, type Page } from './waiting-pages.ts';

/** At least one; a route's headers are tried on the first. */
type RightRequests = readonly [RightRequest, ...RightRequest[]];

/** What the right requests of the rows are made of. */
export interface Belongings {
  readonly tokens: Tokens;
  readonly code: Record<string, string>;
  readonly signIn: Page;
  readonly selectAccount: Page;
  readonly consent: Page;
  /** A sign-out that waits for its answer. */
  readonly signOut: Page;
  readonly selfRegistered: SelfRegistered;
}

export async function gatherBelongings(idp: TestProvider): Promise<Belongings> {
  const browser = idp.browser();
  const code = codeForm(await signIn(browser));
  const { pathname } = locationOf(await browser.get('/end-session?client_id=shop'));
  return {
    tokens: await tokensFor(idp),
    code,
    signIn: await openSignIn(idp),
    selectAccount: await openSelectAccount(idp),
    consent: await openConsent(idp),
    signOut: { browser, path: pathname, form: {} },
    selfRegistered: await registerStranger(idp),
  };
}

const secretOf = (clientId: string) => ({
  client_id: clientId,
  client_secret: clients.find((client) => client.client_id === clientId)?.client_secret ?? '',
});

const CLIENT_AUTHENTICATION = ['client_id', 'client_secret', 'client_assertion', 'client_assertion_type'];
const SIGNED = { client_id: 'signer', client_assertion_type: JWT_BEARER, client_assertion: 'a.b.c' };
const AUTHORIZATION =
  'prompt max_age login_hint id_token_hint claims resource request request_uri response_mode registration ui_locales acr_values display dpop_jkt unknown'.split(
    ' ',
  );
const PUSHED = {
  parameters: { client_id: 'shop', request_uri: 'urn:ietf:params:oauth:request_uri:x' },
};

const page = ({ path, browser, form }: Page, alsoRead: readonly string[] = []): RightRequest => ({
  id: path.split('/').at(-1) ?? '',
  parameters: Object.fromEntries(new URLSearchParams(form)),
  alsoRead,
  headers: { cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') },
});

/** The same page before it is answered: a GET has no form. */
const shown = (waiting: Page): RightRequest => ({ ...page(waiting), parameters: {} });

const authorization = ({ consent }: Belongings): RightRequests => [
  { parameters: authorizationForm(), alsoRead: AUTHORIZATION, headers: page(consent).headers ?? {} },
  PUSHED,
];

const LOGOUT = ['id_token_hint', 'logout_hint', 'post_logout_redirect_uri', 'state', 'ui_locales'];
const endSession = ({ tokens, signOut }: Belongings): RightRequests => [
  {
    parameters: {
      client_id: 'shop',
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: 'https://shop.example/auth/logged-out',
      state: 'state-1',
    },
    alsoRead: LOGOUT,
  },
  { parameters: { client_id: 'shop' }, alsoRead: LOGOUT, headers: page(signOut).headers ?? {} },
];

const tokenRequests = ({ tokens, code }: Belongings): RightRequests => {
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    subject_token: tokens.access_token,
    resource: 'https://blog.example/api',
  };
  const exchangeOnly = ['audience', 'actor_token', 'actor_token_type', 'requested_token_type', 'scope'];
  return [
    { parameters: { ...secretOf('shop'), ...code }, alsoRead: ['resource', 'scope', 'unknown'] },
    {
      parameters: { ...secretOf('shop'), grant_type: 'refresh_token', refresh_token: tokens.refresh_token },
      alsoRead: [...CLIENT_AUTHENTICATION, 'resource', 'scope'],
    },
    {
      parameters: { ...secretOf('legacy'), grant_type: 'client_credentials' },
      alsoRead: ['resource', 'scope'],
    },
    { parameters: { ...secretOf('shop'), ...exchange }, alsoRead: exchangeOnly },
    { parameters: { ...SIGNED, grant_type: 'client_credentials' } },
  ];
};

const presented = (token: string): RightRequests => [
  {
    parameters: { ...secretOf('shop'), token },
    alsoRead: [...CLIENT_AUTHENTICATION, 'token_type_hint'],
  },
];

const registered = ({ client_id, registration_access_token: token }: SelfRegistered): RightRequest => ({
  id: client_id,
  headers: { authorization: `Bearer ${token}` },
});

/** A route without a value of its own: its address and headers are all a stranger can choose. */
const plain = (): RightRequests => [{ alsoRead: ['unknown'] }];
const readId = (): RightRequests => [{ id: 'c2hvcA', alsoRead: ['v'] }];

/** The right requests of each route; `hostile-values.test.ts` fails where a route has none. */
export const rows: Readonly<Record<string, (belongings: Belongings) => RightRequests>> = {
  'GET /.well-known/openid-configuration': plain,
  'GET /.well-known/oauth-authorization-server': plain,
  'GET /jwks': plain,
  'GET /authorize': authorization,
  'POST /authorize': authorization,
  'GET /authorize/:id': ({ signIn: waiting }) => [shown(waiting)],
  'POST /authorize/:id/cancel': plain,
  'POST /par': () => [
    {
      parameters: { ...secretOf('shop'), ...authorizationForm() },
      alsoRead: [...AUTHORIZATION, ...CLIENT_AUTHENTICATION],
    },
  ],
  'POST /token': tokenRequests,
  'POST /introspect': ({ tokens }) => presented(tokens.access_token),
  'POST /revoke': () => presented('a.b.c'),
  'POST /register': () => [
    // Registers nothing.
    { members: {}, headers: { authorization: `Bearer ${INITIAL_TOKEN}` } },
    {
      members: { redirect_uris: ['https://foreign.example.com/cb'], grant_types: ['authorization_code'] },
      alsoRead: [...Object.keys(storedClientSchema.shape), 'client_name#ja', 'unknown', '__proto__'],
      headers: { authorization: `Bearer ${INITIAL_TOKEN}` },
    },
  ],
  'GET /register/:id': ({ selfRegistered }) => [registered(selfRegistered)],
  'PUT /register/:id': ({ selfRegistered }) => [
    // Changes nothing.
    { ...registered(selfRegistered), members: {} },
    {
      ...registered(selfRegistered),
      members: { client_id: selfRegistered.client_id, redirect_uris: ['https://foreign.example.com/cb'] },
      alsoRead: [
        ...Object.keys(storedClientSchema.shape),
        'client_secret',
        'client_id_issued_at',
        '__proto__',
      ],
    },
  ],
  // Its token is not sent, so that the client is still there for the next row.
  'DELETE /register/:id': ({ selfRegistered }) => [{ id: selfRegistered.client_id }],
  'GET /userinfo': ({ tokens }) => [{ headers: { authorization: `Bearer ${tokens.access_token}` } }],
  'POST /userinfo': ({ tokens }) => [{ parameters: { access_token: tokens.access_token } }],
  'GET /end-session': endSession,
  'POST /end-session': endSession,
  'GET /end-session/:id': ({ signOut }) => [shown(signOut)],
  'GET /': plain,
  'GET /sign-in/:id': ({ signIn: waiting }) => [shown(waiting)],
  'POST /sign-in/:id': ({ signIn: waiting }) => [
    // Too long to be hashed, which is what takes time.
    { ...page(waiting), parameters: { username: 'nobody', password: 'x'.repeat(2000) } },
    page(waiting),
  ],
  'GET /select-account/:id': ({ selectAccount }) => [shown(selectAccount)],
  'POST /select-account/:id': ({ selectAccount }) => [page(selectAccount)],
  'GET /consent/:id': ({ consent }) => [shown(consent)],
  'POST /consent/:id': ({ consent }) => [page(consent)],
  'GET /sign-out/:id': ({ signOut }) => [shown(signOut)],
  'POST /sign-out/:id': plain,
  'POST /sign-out': plain,
  'GET /errors/:id': readId,
  'GET /signed-out': plain,
  'GET /account/access': ({ consent }) => [{ headers: page(consent).headers ?? {} }],
  'GET /account': ({ consent }) => [{ headers: page(consent).headers ?? {} }],
  'POST /account/sign-out-everywhere': plain,
  'POST /account/take-back': ({ selectAccount }) => [
    { parameters: { client_id: 'stranger' }, headers: page(selectAccount).headers ?? {} },
  ],
  'GET /client-logos/:id': readId,
  [`GET ${FAVICON_PATH}`]: plain,
  [`GET ${FORM_POST_SCRIPT_PATH}`]: plain,
  [`GET ${SIGNED_OUT_SCRIPT_PATH}`]: plain,
  [`GET ${loadStylesheet().path}`]: plain,
  'GET /healthz': plain,
  'GET /readyz': plain,
};
