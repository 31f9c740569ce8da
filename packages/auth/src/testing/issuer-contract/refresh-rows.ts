import { type Json, textOf } from './actor.ts';
import { claimsOf, type IssuerRow, refused, same, verifiedAccess } from './checks.ts';

const scopeOf = (tokens: Json) => textOf(tokens['scope']).split(' ');

/** Rotation, and what becomes of a refresh token that is used twice. */
export const refreshRows: readonly IssuerRow[] = [
  [
    'a refresh gives the same person, session and API again, and another refresh token (OIDC Core §12.2)',
    async (actor) => {
      const login = await actor.login();
      const { status, body } = await actor.refresh(login.tokens['refresh_token']);
      same(status, 200, 'status');
      same(body['refresh_token'] === login.tokens['refresh_token'], false, 'the same refresh token');
      const [before, after] = [claimsOf(login), claimsOf({ tokens: body })];
      for (const name of ['sub', 'sid', 'auth_time', 'aud']) same(after[name], before[name], name);
      same('nonce' in after, false, 'a nonce');
      await verifiedAccess(actor, body, actor.provider.audiences[0]);
    },
  ],
  [
    'G9 a duplicate within ten seconds gets the same answer, byte for byte',
    async (actor) => {
      const { tokens } = await actor.login();
      const first = await actor.refresh(tokens['refresh_token']);
      actor.provider.advance(9);
      same((await actor.refresh(tokens['refresh_token'])).text, first.text, 'the second answer');
    },
  ],
  [
    'K-01 any other reuse ends the family (RFC 9700 §4.14.2)',
    async (actor) => {
      const { tokens } = await actor.login();
      const first = await actor.refresh(tokens['refresh_token']);
      actor.provider.advance(11);
      refused(await actor.refresh(tokens['refresh_token']), 'invalid_grant');
      refused(await actor.refresh(first.body['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'K-02 so does one of two generations before, within the ten seconds',
    async (actor) => {
      const { tokens } = await actor.login();
      const first = await actor.refresh(tokens['refresh_token']);
      const second = await actor.refresh(first.body['refresh_token']);
      refused(await actor.refresh(tokens['refresh_token']), 'invalid_grant');
      refused(await actor.refresh(second.body['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'K-03 of ten refreshes at the same moment all get one successor or none',
    async (actor) => {
      const { tokens } = await actor.login();
      const replies = await Promise.all(
        Array.from({ length: 10 }, () => actor.refresh(tokens['refresh_token'])),
      );
      const successors = replies.flatMap(({ body }) => body['refresh_token'] ?? []);
      same(new Set(successors).size, 1, 'how many successors');
    },
  ],
  [
    'K-04 another client gets nothing by it, and costs its owner nothing',
    async (actor) => {
      const { tokens } = await actor.login();
      const [, stranger] = actor.provider.clients;
      refused(await actor.refresh(tokens['refresh_token'], {}, stranger), 'invalid_grant');
      same((await actor.refresh(tokens['refresh_token'])).status, 200, 'the owner');
    },
  ],
  [
    'a refresh for less leaves its successor the whole (RFC 6749 §6)',
    async (actor) => {
      const { tokens } = await actor.login();
      const { body } = await actor.refresh(tokens['refresh_token'], { scope: 'openid' });
      same(scopeOf(body).includes('email'), false, 'email in what is less');
      const next = await actor.refresh(body['refresh_token'], { scope: 'openid email' });
      same(scopeOf(next.body).includes('email'), true, 'email in what comes next');
    },
  ],
  [
    'an API that the login did not name is invalid_target (RFC 8707 §2.2)',
    async (actor) => {
      const { tokens } = await actor.login();
      const [, resource] = actor.provider.audiences;
      refused(await actor.refresh(tokens['refresh_token'], { resource }), 'invalid_target');
      refused(await actor.redeem(await actor.authorize(), { resource }), 'invalid_target');
    },
  ],
  [
    'a refresh says when that login was, though they proved themselves again meanwhile (OIDC Core §12.2)',
    async (actor) => {
      const first = await actor.login();
      actor.provider.advance(100);
      await actor.login({ prompt: 'login' }, first.browser);
      const { body } = await actor.refresh(first.tokens['refresh_token']);
      same(claimsOf({ tokens: body })['auth_time'], claimsOf(first)['auth_time'], 'auth_time');
    },
  ],
  [
    'K-05 a wider scope is refused',
    async (actor) => {
      const { tokens } = await actor.login({ scope: 'openid' });
      refused(await actor.refresh(tokens['refresh_token'], { scope: 'openid email' }), 'invalid_scope');
    },
  ],
];
