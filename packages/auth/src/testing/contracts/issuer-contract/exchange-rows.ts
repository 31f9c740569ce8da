import type { AccessTokenClaims } from '../../../tokens/index.ts';
import { textOf } from './raw-relying-party.ts';
import {
  ACCESS_TOKEN,
  exchange,
  type IssuerRow,
  requireAccessToken,
  requireEqual,
  requireError,
} from './checks.ts';

/** Tokens for other APIs (RFC 8693). An exchange never widens: it gives no more, and lasts no longer, than its subject. */
export const exchangeRows: readonly IssuerRow[] = [
  [
    'an own access token is exchanged for one of another audience (RFC 8693 §2)',
    async (rp) => {
      const { tokens } = await rp.login();
      const { status, body } = await exchange(rp, tokens['access_token'], rp.provider.audiences[1]);
      requireEqual(status, 200, 'status');
      requireEqual(body['issued_token_type'], ACCESS_TOKEN, 'issued_token_type');
      requireEqual('refresh_token' in body, false, 'a refresh token');
      const claims = await requireAccessToken(rp, body, rp.provider.audiences[1]);
      requireEqual(claims.client_id, rp.provider.clients[0].clientId, 'client_id');
      requireEqual(claims.sub, rp.provider.sub, 'sub');
    },
  ],
  [
    'an exchange for an API that nobody knows is invalid_target (RFC 8707 §2)',
    async (rp) => {
      const { tokens } = await rp.login();
      requireError(
        await exchange(rp, tokens['access_token'], 'https://nobody.example/api'),
        'invalid_target',
      );
    },
  ],
  [
    'T-40 an access token is not exchanged for one of its own audience, which would only live longer',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own] = rp.provider.audiences;
      requireError(await exchange(rp, tokens['access_token'], own), 'invalid_target');
    },
  ],
  [
    'T-40 an exchanged token is not exchanged again',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own, other] = rp.provider.audiences;
      const { body } = await exchange(rp, tokens['access_token'], other);
      for (const target of [own, other])
        requireError(await exchange(rp, body['access_token'], target), 'invalid_request');
    },
  ],
  [
    'T-40 an exchanged token ends when its subject does, and one that is over is exchanged for nothing',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own, other] = rp.provider.audiences;
      const { exp } = await requireAccessToken(rp, tokens, own);
      rp.provider.advance(exp - rp.provider.clock() - 60);
      const { body } = await exchange(rp, tokens['access_token'], other);
      requireEqual(body['expires_in'], 60, 'expires_in');
      requireEqual((await requireAccessToken(rp, body, other)).exp, exp, 'exp');
      rp.provider.advance(60);
      requireError(await exchange(rp, tokens['access_token'], other), 'invalid_request');
    },
  ],
  [
    'T-40 K-05 what a refresh narrowed reaches no API, and the next whole one does again',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own, other] = rp.provider.audiences;
      const narrow = (await rp.refresh(tokens['refresh_token'], { scope: 'openid' })).body;
      requireEqual(permissionsOf(await requireAccessToken(rp, narrow, own)).length, 0, 'permissions');
      requireError(await exchange(rp, narrow['access_token'], other), 'invalid_target');
      const whole = (await rp.refresh(narrow['refresh_token'])).body;
      requireEqual((await exchange(rp, whole['access_token'], other)).status, 200, 'status');
    },
  ],
  [
    'T-40 a revoked access token is exchanged for nothing, and so is any whose refresh token was revoked',
    async (rp) => {
      const [first, second] = [await rp.login(), await rp.login()];
      const [, other] = rp.provider.audiences;
      for (const [{ tokens }, kind] of [
        [first, 'access_token'],
        [second, 'refresh_token'],
      ] as const) {
        requireEqual((await exchange(rp, tokens['access_token'], other)).status, 200, 'before');
        await rp.post('revocation_endpoint', { token: textOf(tokens[kind]) });
        requireError(await exchange(rp, tokens['access_token'], other), 'invalid_request');
      }
    },
  ],
  [
    'an API acts for the person whose token it was called with, and says so (RFC 8693 §4.1)',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own, other] = rp.provider.audiences;
      const [, api] = rp.provider.clients;
      const called = (await exchange(rp, tokens['access_token'], other)).body;
      const { status, body } = await exchange(rp, called['access_token'], own, {}, api);
      requireEqual(status, 200, 'status');
      const claims = await requireAccessToken(rp, body, own);
      requireEqual(claims.sub, rp.provider.sub, 'sub');
      requireEqual(claims.client_id, api.clientId, 'client_id');
      requireEqual(JSON.stringify(claims.act), JSON.stringify({ sub: api.clientId }), 'act');
      requireEqual(claims.exp <= (await requireAccessToken(rp, called, other)).exp, true, 'an earlier end');
    },
  ],
  [
    'T-44 a client that the token’s API is not does nothing with it, and the API itself not twice',
    async (rp) => {
      const { tokens } = await rp.login();
      const [own, other] = rp.provider.audiences;
      const [, api] = rp.provider.clients;
      requireError(await exchange(rp, tokens['access_token'], other, {}, api), 'invalid_request');
      const called = (await exchange(rp, tokens['access_token'], other)).body;
      const acting = (await exchange(rp, called['access_token'], own, {}, api)).body;
      for (const as of rp.provider.clients)
        requireError(await exchange(rp, acting['access_token'], other, {}, as), 'invalid_request');
    },
  ],
  ...['a.b.c', 'made-up', ''].map((token): IssuerRow => [
    `an exchange of ${JSON.stringify(token)} is invalid_request (RFC 8693 §2.2.2)`,
    async (rp) => requireError(await exchange(rp, token, rp.provider.audiences[1]), 'invalid_request'),
  ]),
  [
    'what comes as another type than an access token is not exchanged (RFC 8693 §2.1)',
    async (rp) => {
      const { tokens } = await rp.login();
      for (const subject_token_type of ['', 'urn:ietf:params:oauth:token-type:id_token']) {
        const [, target] = rp.provider.audiences;
        const reply = await exchange(rp, tokens['access_token'], target, { subject_token_type });
        requireError(reply, 'invalid_request');
      }
    },
  ],
];

const permissionsOf = ({ permissions }: AccessTokenClaims): readonly unknown[] =>
  Array.isArray(permissions) ? permissions : [];
