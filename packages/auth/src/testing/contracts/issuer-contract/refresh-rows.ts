import { type Json, textOf } from './raw-relying-party.ts';
import { claimsOf, type IssuerRow, requireError, requireEqual, requireAccessToken } from './checks.ts';

const scopeOf = (tokens: Json) => textOf(tokens['scope']).split(' ');

/** Rotation, and what becomes of a refresh token that is used twice. */
export const refreshRows: readonly IssuerRow[] = [
  [
    'a refresh gives the same person, session and API again, and another refresh token (OIDC Core §12.2)',
    async (rp) => {
      const login = await rp.login();
      const { status, body } = await rp.refresh(login.tokens['refresh_token']);
      requireEqual(status, 200, 'status');
      requireEqual(body['refresh_token'] === login.tokens['refresh_token'], false, 'the same refresh token');
      const [before, after] = [claimsOf(login), claimsOf({ tokens: body })];
      for (const name of ['sub', 'sid', 'auth_time', 'aud']) requireEqual(after[name], before[name], name);
      requireEqual('nonce' in after, false, 'a nonce');
      await requireAccessToken(rp, body, rp.provider.audiences[0]);
    },
  ],
  [
    'G9 a duplicate within ten seconds gets the same answer, byte for byte',
    async (rp) => {
      const { tokens } = await rp.login();
      const first = await rp.refresh(tokens['refresh_token']);
      rp.provider.advance(9);
      requireEqual((await rp.refresh(tokens['refresh_token'])).text, first.text, 'the second answer');
    },
  ],
  [
    'K-01 any other reuse ends the family (RFC 9700 §4.14.2)',
    async (rp) => {
      const { tokens } = await rp.login();
      const first = await rp.refresh(tokens['refresh_token']);
      rp.provider.advance(11);
      requireError(await rp.refresh(tokens['refresh_token']), 'invalid_grant');
      requireError(await rp.refresh(first.body['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'K-02 so does one of two generations before, within the ten seconds',
    async (rp) => {
      const { tokens } = await rp.login();
      const first = await rp.refresh(tokens['refresh_token']);
      const second = await rp.refresh(first.body['refresh_token']);
      requireError(await rp.refresh(tokens['refresh_token']), 'invalid_grant');
      requireError(await rp.refresh(second.body['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'K-03 of ten refreshes at the same moment all get one successor or none',
    async (rp) => {
      const { tokens } = await rp.login();
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => rp.refresh(tokens['refresh_token'])),
      );
      const successors = replies.flatMap(({ body }) => body['refresh_token'] ?? []);
      requireEqual(new Set(successors).size, 1, 'how many successors');
    },
  ],
  [
    'K-03 for less and for all at the same moment, in whatever order, it gives two scopes and one successor',
    async (rp) => {
      const { tokens } = await rp.login({ scope: 'openid email' });
      const ask = (scope?: string) =>
        rp.refresh(tokens['refresh_token'], scope === undefined ? {} : { scope });
      const reordered = scopeOf(tokens).toReversed().join(' ');
      const [all, again, less] = await Promise.all([ask(), ask(reordered), ask('openid')]);
      requireEqual(again.text, all.text, 'the answer to the same in another order');
      requireEqual(less.body['refresh_token'], all.body['refresh_token'], 'the successor');
      requireEqual(scopeOf(less.body).includes('email'), false, 'email in what is less');
      requireEqual((await rp.refresh(all.body['refresh_token'])).status, 200, 'the successor’s use');
    },
  ],
  [
    'K-04 another client gets nothing by it, and costs its owner nothing',
    async (rp) => {
      const { tokens } = await rp.login();
      const [, stranger] = rp.provider.clients;
      requireError(await rp.refresh(tokens['refresh_token'], {}, stranger), 'invalid_grant');
      requireEqual((await rp.refresh(tokens['refresh_token'])).status, 200, 'the owner');
    },
  ],
  [
    'a refresh for less leaves its successor the whole (RFC 6749 §6)',
    async (rp) => {
      const { tokens } = await rp.login();
      const { body } = await rp.refresh(tokens['refresh_token'], { scope: 'openid' });
      requireEqual(scopeOf(body).includes('email'), false, 'email in what is less');
      const next = await rp.refresh(body['refresh_token'], { scope: 'openid email' });
      requireEqual(scopeOf(next.body).includes('email'), true, 'email in what comes next');
    },
  ],
  [
    'an API that the login did not name is invalid_target (RFC 8707 §2.2)',
    async (rp) => {
      const { tokens } = await rp.login();
      const [, resource] = rp.provider.audiences;
      requireError(await rp.refresh(tokens['refresh_token'], { resource }), 'invalid_target');
      requireError(await rp.redeem(await rp.authorize(), { resource }), 'invalid_target');
    },
  ],
  [
    'a refresh says when that login was, though they proved themselves again meanwhile (OIDC Core §12.2)',
    async (rp) => {
      const first = await rp.login();
      rp.provider.advance(100);
      await rp.login({ prompt: 'login' }, first.browser);
      const { body } = await rp.refresh(first.tokens['refresh_token']);
      requireEqual(claimsOf({ tokens: body })['auth_time'], claimsOf(first)['auth_time'], 'auth_time');
    },
  ],
  [
    'K-05 a wider scope is refused',
    async (rp) => {
      const { tokens } = await rp.login({ scope: 'openid' });
      requireError(await rp.refresh(tokens['refresh_token'], { scope: 'openid email' }), 'invalid_scope');
    },
  ],
];
