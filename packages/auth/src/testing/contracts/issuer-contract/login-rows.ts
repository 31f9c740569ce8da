import type { Change } from './raw-relying-party.ts';
import { authorizeError, claimsOf, type IssuerRow, listOf, requireEqual } from './checks.ts';

/** OIDC Core §3.1.2.1, RFC 6749 §3.1 (what has no value counts as left out) and §4.1.2.1, RFC 8707 §2 */
const oddRequests: readonly (readonly [change: Change, error: string])[] = [
  [{ prompt: 'none login' }, 'invalid_request'],
  [{ prompt: 'perhaps' }, 'invalid_request'],
  [{ max_age: 'abc' }, 'invalid_request'],
  [{ max_age: '-1' }, 'invalid_request'],
  [{ response_type: '' }, 'invalid_request'],
  [{ scope: ['openid', 'openid email'] }, 'invalid_request'],
  [{ nonce: ['n-1', 'n-2'] }, 'invalid_request'],
  [{ max_age: '', prompt: '' }, 'code'],
  [{ response_type: undefined }, 'invalid_request'],
  [{ response_type: 'token' }, 'unsupported_response_type'],
  [{ resource: 'https://nobody.example/api' }, 'invalid_target'],
];

/** What discovery says, and what the authorization endpoint answers. */
export const loginRows: readonly IssuerRow[] = [
  [
    'discovery names the issuer itself, PKCE S256, code and iss (OIDC Discovery §4.2, RFC 9207 §3)',
    async (rp) => {
      const metadata = await rp.metadata();
      requireEqual(metadata['issuer'], rp.provider.issuer, 'issuer');
      requireEqual(metadata['authorization_response_iss_parameter_supported'], true, 'iss parameter');
      for (const [name, value] of [
        ['code_challenge_methods_supported', 'S256'],
        ['response_types_supported', 'code'],
        ['id_token_signing_alg_values_supported', 'ES256'],
      ] as const)
        requireEqual(listOf(metadata, name).includes(value), true, `${name} has ${value}`);
    },
  ],
  [
    'G-04 the key set holds public signing keys, each with kid, alg and use',
    async (rp) => {
      const { keys } = await rp.jwks();
      requireEqual(keys.length > 0, true, 'there are keys');
      for (const { kid, alg, use, ...members } of keys) {
        requireEqual([typeof kid, typeof alg, use].join(), 'string,string,sig', 'kid, alg and use');
        requireEqual(
          ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].filter((name) => name in members).join(),
          '',
          'private members',
        );
      }
    },
  ],
  [
    'the answer of a login is code, state and iss at the redirect_uri (RFC 6749 §4.1.2, RFC 9207 §2)',
    async (rp) => {
      const { callback } = await rp.authorize();
      const [{ redirectUri }] = rp.provider.clients;
      requireEqual(callback.origin + callback.pathname, redirectUri, 'where it leads');
      requireEqual([...callback.searchParams.keys()].toSorted().join(), 'code,iss,state', 'what it holds');
      requireEqual(callback.searchParams.get('state'), 'as it was', 'state');
      requireEqual(callback.searchParams.get('iss'), rp.provider.issuer, 'iss');
    },
  ],
  [
    'P-19 prompt=none finds nobody in a new browser, and the same person in one that signed in',
    async (rp) => {
      const { callback } = await rp.authorize({ prompt: 'none' });
      requireEqual(callback.searchParams.get('error'), 'login_required', 'a stranger');
      requireEqual(callback.searchParams.get('state'), 'as it was', 'state');
      requireEqual(callback.searchParams.get('iss'), rp.provider.issuer, 'iss');
      const first = await rp.login();
      const second = await rp.login({ prompt: 'none' }, first.browser);
      requireEqual(claimsOf(second)['sid'], claimsOf(first)['sid'], 'the sign-on session');
      requireEqual(claimsOf(second)['auth_time'], claimsOf(first)['auth_time'], 'when they signed in');
    },
  ],
  ...[
    { code_challenge: undefined, code_challenge_method: undefined },
    { code_challenge_method: 'plain' },
    { code_challenge_method: undefined },
  ].map((change): IssuerRow => [
    `P-08 no code without a challenge by S256: ${JSON.stringify(change)}`,
    async (rp) => requireEqual(await authorizeError(rp, change), 'invalid_request', 'the answer'),
  ]),
  [
    'P-20 max_age and prompt=login have the person prove anew who they are',
    async (rp) => {
      const first = await rp.login();
      rp.provider.advance(100);
      const within = await rp.login({ max_age: '200' }, first.browser);
      requireEqual(claimsOf(within)['auth_time'], claimsOf(first)['auth_time'], 'auth_time within max_age');
      const beyond = await rp.login({ max_age: '50' }, first.browser);
      requireEqual(claimsOf(beyond)['auth_time'], rp.provider.clock(), 'auth_time beyond max_age');
      rp.provider.advance(100);
      const again = await rp.login({ prompt: 'login' }, first.browser);
      requireEqual(claimsOf(again)['auth_time'], rp.provider.clock(), 'auth_time after prompt=login');
    },
  ],
  [
    'P-19 P-20 prompt=none beyond max_age is login_required, and moves nothing (OIDC Core §3.1.2.1)',
    async (rp) => {
      const first = await rp.login();
      rp.provider.advance(100);
      const change = { prompt: 'none', max_age: '50' };
      requireEqual(await authorizeError(rp, change, first.browser), 'login_required', 'the answer');
      const { browser } = await rp.login();
      const never = { prompt: 'none', max_age: '0' };
      requireEqual(await authorizeError(rp, never, browser), 'login_required', 'max_age=0 at once');
      const after = await rp.login({ prompt: 'none' }, first.browser);
      requireEqual(claimsOf(after)['auth_time'], claimsOf(first)['auth_time'], 'auth_time');
    },
  ],
  ...oddRequests.map(([change, error]): IssuerRow => [
    `a request with ${JSON.stringify(change)} is ${error}`,
    async (rp) => requireEqual(await authorizeError(rp, change), error, 'the answer'),
  ]),
  [
    'the ID token says by acr and amr how they signed in; acr_values is a voluntary request (OIDC Core §2, §3.1.2.1)',
    async (rp) => {
      const first = await rp.login();
      const { acr, amr } = claimsOf(first);
      requireEqual(typeof acr, 'string', 'acr');
      requireEqual(Array.isArray(amr), true, 'amr is a list');
      const change = { prompt: 'none', acr_values: 'urn:example:unheard-of' };
      requireEqual(
        claimsOf(await rp.login(change, first.browser))['acr'],
        acr,
        'acr where another is wished',
      );
    },
  ],
];
