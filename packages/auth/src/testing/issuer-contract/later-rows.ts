import { decodeJwt } from 'jose';
import { textOf } from './actor.ts';
import { ACCESS_TOKEN, exchange, type IssuerRow, kidOf, refused, same, verifiedAccess } from './checks.ts';

/** What comes after a login: exchange, userinfo, revocation, sign-out, rotated keys. */
export const laterRows: readonly IssuerRow[] = [
  [
    'an own access token is exchanged for one of another audience (RFC 8693 §2)',
    async (actor) => {
      const { tokens } = await actor.login();
      const { status, body } = await exchange(actor, tokens['access_token'], actor.provider.audiences[1]);
      same(status, 200, 'status');
      same(body['issued_token_type'], ACCESS_TOKEN, 'issued_token_type');
      same('refresh_token' in body, false, 'a refresh token');
      const claims = await verifiedAccess(actor, body, actor.provider.audiences[1]);
      same(claims.client_id, actor.provider.clients[0].clientId, 'client_id');
      same(claims.sub, actor.provider.sub, 'sub');
    },
  ],
  [
    'an exchange for an API that nobody knows is invalid_target (RFC 8707 §2)',
    async (actor) => {
      const { tokens } = await actor.login();
      refused(await exchange(actor, tokens['access_token'], 'https://nobody.example/api'), 'invalid_target');
    },
  ],
  ...['a.b.c', 'made-up', ''].map((token): IssuerRow => [
    `an exchange of ${JSON.stringify(token)} is invalid_request (RFC 8693 §2.2.2)`,
    async (actor) => refused(await exchange(actor, token, actor.provider.audiences[1]), 'invalid_request'),
  ]),
  [
    'what comes as another type than an access token is not exchanged (RFC 8693 §2.1)',
    async (actor) => {
      const { tokens } = await actor.login();
      for (const subject_token_type of ['', 'urn:ietf:params:oauth:token-type:id_token']) {
        const [, target] = actor.provider.audiences;
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const reply = await exchange(actor, tokens['access_token'], target, { subject_token_type });
        refused(reply, 'invalid_request');
      }
    },
  ],
  [
    'userinfo tells the person to a token for the issuer, and nothing to any other (RFC 6750 §3.1)',
    async (actor) => {
      const { tokens } = await actor.login({ resource: undefined });
      same((await actor.userinfo(tokens['access_token'])).body['sub'], actor.provider.sub, 'sub');
      const forApi = await actor.login();
      for (const token of [forApi.tokens['access_token'], forApi.tokens['id_token'], 'made-up']) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const { status, headers } = await actor.userinfo(token);
        same(status, 401, 'status');
        same(headers.get('www-authenticate')?.includes('error="invalid_token"'), true, 'the challenge');
      }
      const bare = await actor.userinfo();
      same(bare.status, 401, 'status without a token');
      same(bare.headers.get('www-authenticate')?.includes('error='), false, 'an error without a token');
    },
  ],
  [
    'a revoked refresh token is dead; what is unknown is revoked alike (RFC 7009 §2.2)',
    async (actor) => {
      const { tokens } = await actor.login();
      same((await actor.post('revocation_endpoint', { token: 'made-up' })).status, 200, 'an unknown one');
      same(
        (await actor.post('revocation_endpoint', { token: textOf(tokens['refresh_token']) })).status,
        200,
        'status',
      );
      refused(await actor.refresh(tokens['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'K-07 a sign-out by logout_hint leads back with state, and ends refreshing, exchanging and the sign-on session',
    async (actor) => {
      const { browser, tokens } = await actor.login();
      const [{ clientId, postLogoutRedirectUri }] = actor.provider.clients;
      const url = new URL(await actor.endpoint('end_session_endpoint'));
      const hint = String(decodeJwt(textOf(tokens['id_token']))['sid']);
      const parameters = {
        client_id: clientId,
        logout_hint: hint,
        post_logout_redirect_uri: postLogoutRedirectUri,
      };
      for (const [name, value] of Object.entries({ ...parameters, state: 'bye' }))
        url.searchParams.set(name, value);
      same((await browser.go(url.href)).href, `${postLogoutRedirectUri}?state=bye`, 'where it leads');
      refused(await actor.refresh(tokens['refresh_token']), 'invalid_grant');
      same(
        (await exchange(actor, tokens['access_token'], actor.provider.audiences[1])).status,
        400,
        'an exchange',
      );
      const { callback } = await actor.authorize({ prompt: 'none' }, browser);
      same(callback.searchParams.get('error'), 'login_required', 'prompt=none');
    },
  ],
  [
    'G12 what was signed before a rotation is verified after it, and a new key signs',
    async (actor) => {
      const before = await actor.login();
      await actor.provider.rotateKeys();
      const after = await actor.login();
      const audience = actor.provider.audiences[0];
      for (const { tokens } of [before, after])
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await verifiedAccess(actor, tokens, audience);
      same(kidOf(before.tokens) === kidOf(after.tokens), false, 'the same key');
    },
  ],
];
