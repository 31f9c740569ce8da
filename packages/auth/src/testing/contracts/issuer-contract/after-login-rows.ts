import { decodeJwt } from 'jose';
import { textOf } from './raw-relying-party.ts';
import { exchange, type IssuerRow, kidOf, requireError, requireEqual, requireAccessToken } from './checks.ts';

/** What comes after a login: userinfo, revocation, sign-out, rotated keys. */
export const afterLoginRows: readonly IssuerRow[] = [
  [
    'userinfo tells the person to a token for the issuer, and nothing to any other (RFC 6750 §3.1)',
    async (rp) => {
      const { tokens } = await rp.login({ resource: undefined });
      requireEqual((await rp.userinfo(tokens['access_token'])).body['sub'], rp.provider.sub, 'sub');
      const forApi = await rp.login();
      for (const token of [forApi.tokens['access_token'], forApi.tokens['id_token'], 'made-up']) {
        const { status, headers } = await rp.userinfo(token);
        requireEqual(status, 401, 'status');
        requireEqual(
          headers.get('www-authenticate')?.includes('error="invalid_token"'),
          true,
          'the challenge',
        );
      }
      const bare = await rp.userinfo();
      requireEqual(bare.status, 401, 'status without a token');
      requireEqual(
        bare.headers.get('www-authenticate')?.includes('error='),
        false,
        'an error without a token',
      );
    },
  ],
  [
    'a revoked refresh token is dead; what is unknown is revoked alike (RFC 7009 §2.2)',
    async (rp) => {
      const { tokens } = await rp.login();
      requireEqual(
        (await rp.post('revocation_endpoint', { token: 'made-up' })).status,
        200,
        'an unknown one',
      );
      requireEqual(
        (await rp.post('revocation_endpoint', { token: textOf(tokens['refresh_token']) })).status,
        200,
        'status',
      );
      requireError(await rp.refresh(tokens['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'K-07 a sign-out by logout_hint leads back with state, and ends refreshing, exchanging and the sign-on session',
    async (rp) => {
      const { browser, tokens } = await rp.login();
      const [{ clientId, postLogoutRedirectUri }] = rp.provider.clients;
      const url = new URL(await rp.endpoint('end_session_endpoint'));
      const hint = String(decodeJwt(textOf(tokens['id_token']))['sid']);
      const parameters = {
        client_id: clientId,
        logout_hint: hint,
        post_logout_redirect_uri: postLogoutRedirectUri,
      };
      for (const [name, value] of Object.entries({ ...parameters, state: 'bye' }))
        url.searchParams.set(name, value);
      requireEqual((await browser.go(url.href)).href, `${postLogoutRedirectUri}?state=bye`, 'where it leads');
      requireError(await rp.refresh(tokens['refresh_token']), 'invalid_grant');
      requireEqual(
        (await exchange(rp, tokens['access_token'], rp.provider.audiences[1])).status,
        400,
        'an exchange',
      );
      const { callback } = await rp.authorize({ prompt: 'none' }, browser);
      requireEqual(callback.searchParams.get('error'), 'login_required', 'prompt=none');
    },
  ],
  [
    'G12 what was signed before a rotation is verified after it, and a new key signs',
    async (rp) => {
      const before = await rp.login();
      await rp.provider.rotateKeys();
      const after = await rp.login();
      const audience = rp.provider.audiences[0];
      for (const { tokens } of [before, after]) await requireAccessToken(rp, tokens, audience);
      requireEqual(kidOf(before.tokens) === kidOf(after.tokens), false, 'the same key');
    },
  ],
];
