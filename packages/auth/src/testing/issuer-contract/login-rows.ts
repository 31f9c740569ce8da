import { claimsOf, type IssuerRow, listOf, same } from './checks.ts';

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
    async (actor) =>
      same(
        (await actor.authorize(change)).callback.searchParams.get('error'),
        'invalid_request',
        'the answer',
      ),
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
];
