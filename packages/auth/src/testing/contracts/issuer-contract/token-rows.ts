import { decodeJwt } from 'jose';
import { textOf } from './raw-relying-party.ts';
import { verifyIdToken } from '../../../tokens/index.ts';
import { type IssuerRow, requireError, requireEqual, requireAccessToken } from './checks.ts';

/** What a code gives, and to whom. */
export const tokenRows: readonly IssuerRow[] = [
  [
    'T-24 the ID token verifies: signature, issuer, client, nonce, times, at_hash (OIDC Core §3.1.3.7)',
    async (rp) => {
      const { tokens, nonce } = await rp.login();
      const { issuer, clock, clients } = rp.provider;
      const options = { issuer, clock, clientId: clients[0].clientId, algorithms: ['ES256'] as const, nonce };
      const accessToken = textOf(tokens['access_token']);
      const claims = await verifyIdToken(textOf(tokens['id_token']), {
        ...options,
        keys: await rp.keys(),
        accessToken,
      });
      requireEqual(claims.sub, rp.provider.sub, 'sub');
      requireEqual(claims.exp - claims.iat, 300, 'G10 its life in seconds');
      for (const name of ['sid', 'auth_time', 'at_hash'])
        requireEqual(name in claims, true, `there is ${name}`);
    },
  ],
  [
    'the access token verifies for the resource that was named (RFC 8707 §2.2, RFC 9068 §4)',
    async (rp) => {
      const { tokens } = await rp.login();
      const claims = await requireAccessToken(rp, tokens, rp.provider.audiences[0]);
      requireEqual(claims.client_id, rp.provider.clients[0].clientId, 'client_id');
      requireEqual(claims.sub, rp.provider.sub, 'sub');
      requireEqual(claims.sid, decodeJwt(textOf(tokens['id_token']))['sid'], 'sid');
      requireEqual(claims.exp - claims.iat, tokens['expires_in'], 'expires_in');
      requireEqual(tokens['expires_in'], 600, 'G10 its life in seconds');
      requireEqual(tokens['token_type'], 'Bearer', 'token_type');
    },
  ],
  [
    'without a resource the audience is the issuer',
    async (rp) => {
      const { tokens } = await rp.login({ resource: undefined });
      await requireAccessToken(rp, tokens, rp.provider.issuer);
    },
  ],
  [
    'P-26 no cache keeps a token response (RFC 6749 §5.1)',
    async (rp) => {
      const reply = await rp.redeem(await rp.authorize());
      requireEqual(reply.headers.get('cache-control')?.includes('no-store'), true, 'no-store');
    },
  ],
  [
    'P-05 a code counts once, and whoever comes second ends what the first got (RFC 6749 §4.1.2)',
    async (rp) => {
      const login = await rp.login();
      requireError(await rp.redeem(login), 'invalid_grant');
      requireError(await rp.refresh(login.tokens['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'G8 a code is good for a minute',
    async (rp) => {
      const begun = await rp.authorize();
      rp.provider.advance(60);
      requireError(await rp.redeem(begun), 'invalid_grant');
    },
  ],
  [
    'P-08 P-06 a code is redeemed by its own verifier, client and redirect_uri only',
    async (rp) => {
      const [, stranger] = rp.provider.clients;
      const verifier = 'a-verifier-that-somebody-made-up-0123456789abcdef';
      requireError(await rp.redeem(await rp.authorize(), { code_verifier: verifier }), 'invalid_grant');
      requireError(
        await rp.redeem(await rp.authorize(), { redirect_uri: stranger.redirectUri }),
        'invalid_grant',
      );
      requireError(await rp.redeem(await rp.authorize(), {}, stranger), 'invalid_grant');
    },
  ],
  [
    'P-23 a wrong secret is invalid_client, with a challenge (RFC 6749 §5.2)',
    async (rp) => {
      const impostor = { ...rp.provider.clients[0], clientSecret: 'wrong' };
      const reply = await rp.redeem(await rp.authorize(), {}, impostor);
      requireEqual(reply.status, 401, 'status');
      requireEqual(reply.body['error'], 'invalid_client', 'error');
      requireEqual(reply.headers.get('www-authenticate')?.startsWith('Basic'), true, 'WWW-Authenticate');
    },
  ],
  ...[
    ['an escape that is none', `Basic ${btoa('app:%zz')}`],
    ['no base64', 'Basic %%%'],
    ['no colon', `Basic ${btoa('app')}`],
    ['nothing', 'Basic'],
    ['another scheme', 'Bearer abc'],
  ].map(([what, authorization = '']): IssuerRow => [
    `P-23 so is an authorization of ${what}`,
    async (rp) => {
      const reply = await rp.send('token_endpoint', { grant_type: 'password' }, { authorization });
      requireEqual(`${reply.status} ${textOf(reply.body['error'])}`, '401 invalid_client', 'the answer');
    },
  ]),
  [
    'without openid there is no ID token, and nothing at userinfo (OIDC Core §3.1.2.1, §5.3)',
    async (rp) => {
      const { tokens } = await rp.login({ scope: 'email', resource: undefined });
      requireEqual('id_token' in tokens, false, 'an ID token');
      const { status, headers } = await rp.userinfo(tokens['access_token']);
      requireEqual(status, 403, 'status at userinfo');
      requireEqual(
        headers.get('www-authenticate')?.includes('error="insufficient_scope"'),
        true,
        'the challenge',
      );
    },
  ],
  [
    'P-24 another grant is unsupported_grant_type',
    async (rp) =>
      requireError(await rp.post('token_endpoint', { grant_type: 'password' }), 'unsupported_grant_type'),
  ],
];
