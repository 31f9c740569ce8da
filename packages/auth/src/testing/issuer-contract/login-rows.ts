import type { Change } from './actor.ts';
import { claimsOf, errorAt, type IssuerRow, listOf, same } from './checks.ts';

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
    async (actor) => {
      const metadata = await actor.metadata();
      same(metadata['issuer'], actor.provider.issuer, 'issuer');
      same(metadata['authorization_response_iss_parameter_supported'], true, 'iss parameter');
      for (const [name, value] of [
        ['code_challenge_methods_supported', 'S256'],
        ['response_types_supported', 'code'],
        ['id_token_signing_alg_values_supported', 'ES256'],
      ] as const)
        same(listOf(metadata, name).includes(value), true, `${name} has ${value}`);
    },
  ],
  [
    'G-04 the key set holds public signing keys, each with kid, alg and use',
    async (actor) => {
      const { keys } = await actor.jwks();
      same(keys.length > 0, true, 'there are keys');
      for (const { kid, alg, use, ...members } of keys) {
        same([typeof kid, typeof alg, use].join(), 'string,string,sig', 'kid, alg and use');
        same(
          ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].filter((name) => name in members).join(),
          '',
          'private members',
        );
      }
    },
  ],
  [
    'the answer of a login is code, state and iss at the redirect_uri (RFC 6749 §4.1.2, RFC 9207 §2)',
    async (actor) => {
      const { callback } = await actor.authorize();
      const [{ redirectUri }] = actor.provider.clients;
      same(callback.origin + callback.pathname, redirectUri, 'where it leads');
      same([...callback.searchParams.keys()].toSorted().join(), 'code,iss,state', 'what it holds');
      same(callback.searchParams.get('state'), 'as it was', 'state');
      same(callback.searchParams.get('iss'), actor.provider.issuer, 'iss');
    },
  ],
  [
    'P-19 prompt=none finds nobody in a new browser, and the same person in one that signed in',
    async (actor) => {
      const { callback } = await actor.authorize({ prompt: 'none' });
      same(callback.searchParams.get('error'), 'login_required', 'a stranger');
      same(callback.searchParams.get('state'), 'as it was', 'state');
      same(callback.searchParams.get('iss'), actor.provider.issuer, 'iss');
      const first = await actor.login();
      const second = await actor.login({ prompt: 'none' }, first.browser);
      same(claimsOf(second)['sid'], claimsOf(first)['sid'], 'the sign-on session');
      same(claimsOf(second)['auth_time'], claimsOf(first)['auth_time'], 'when they signed in');
    },
  ],
  ...[
    { code_challenge: undefined, code_challenge_method: undefined },
    { code_challenge_method: 'plain' },
    { code_challenge_method: undefined },
  ].map((change): IssuerRow => [
    `P-08 no code without a challenge by S256: ${JSON.stringify(change)}`,
    async (actor) => same(await errorAt(actor, change), 'invalid_request', 'the answer'),
  ]),
  [
    'P-20 max_age and prompt=login have the person prove anew who they are',
    async (actor) => {
      const first = await actor.login();
      actor.provider.advance(100);
      const within = await actor.login({ max_age: '200' }, first.browser);
      same(claimsOf(within)['auth_time'], claimsOf(first)['auth_time'], 'auth_time within max_age');
      const beyond = await actor.login({ max_age: '50' }, first.browser);
      same(claimsOf(beyond)['auth_time'], actor.provider.clock(), 'auth_time beyond max_age');
      actor.provider.advance(100);
      const again = await actor.login({ prompt: 'login' }, first.browser);
      same(claimsOf(again)['auth_time'], actor.provider.clock(), 'auth_time after prompt=login');
    },
  ],
  [
    'P-19 P-20 prompt=none beyond max_age is login_required, and moves nothing (OIDC Core §3.1.2.1)',
    async (actor) => {
      const first = await actor.login();
      actor.provider.advance(100);
      const change = { prompt: 'none', max_age: '50' };
      same(await errorAt(actor, change, first.browser), 'login_required', 'the answer');
      const after = await actor.login({ prompt: 'none' }, first.browser);
      same(claimsOf(after)['auth_time'], claimsOf(first)['auth_time'], 'auth_time');
    },
  ],
  ...oddRequests.map(([change, error]): IssuerRow => [
    `a request with ${JSON.stringify(change)} is ${error}`,
    async (actor) => same(await errorAt(actor, change), error, 'the answer'),
  ]),
  [
    'the ID token says by acr and amr how they signed in; acr_values is a wish (OIDC Core §2, §3.1.2.1)',
    async (actor) => {
      const first = await actor.login();
      const { acr, amr } = claimsOf(first);
      same(typeof acr, 'string', 'acr');
      same(Array.isArray(amr), true, 'amr is a list');
      const change = { prompt: 'none', acr_values: 'urn:example:unheard-of' };
      same(claimsOf(await actor.login(change, first.browser))['acr'], acr, 'acr where another is wished');
    },
  ],
];
