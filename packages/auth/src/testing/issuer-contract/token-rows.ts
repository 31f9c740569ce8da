import { decodeJwt } from 'jose';
import { textOf } from './actor.ts';
import { verifyIdToken } from '../../tokens/index.ts';
import { type IssuerRow, refused, same, verifiedAccess } from './checks.ts';

/** What a code gives, and to whom. */
export const tokenRows: readonly IssuerRow[] = [
  [
    'T-24 the ID token verifies: signature, issuer, client, nonce, times, at_hash (OIDC Core §3.1.3.7)',
    async (actor) => {
      const { tokens, nonce } = await actor.login();
      const { issuer, clock, clients } = actor.provider;
      const options = { issuer, clock, clientId: clients[0].clientId, algorithms: ['ES256'] as const, nonce };
      const accessToken = textOf(tokens['access_token']);
      const claims = await verifyIdToken(textOf(tokens['id_token']), {
        ...options,
        keys: await actor.keys(),
        accessToken,
      });
      same(claims.sub, actor.provider.sub, 'sub');
      same(claims.exp - claims.iat, 300, 'G10 its life in seconds');
      for (const name of ['sid', 'auth_time', 'at_hash']) same(name in claims, true, `there is ${name}`);
    },
  ],
  [
    'the access token verifies for the resource that was named (RFC 8707 §2.2, RFC 9068 §4)',
    async (actor) => {
      const { tokens } = await actor.login();
      const claims = await verifiedAccess(actor, tokens, actor.provider.audiences[0]);
      same(claims.client_id, actor.provider.clients[0].clientId, 'client_id');
      same(claims.sub, actor.provider.sub, 'sub');
      same(claims.sid, decodeJwt(textOf(tokens['id_token']))['sid'], 'sid');
      same(claims.exp - claims.iat, tokens['expires_in'], 'expires_in');
      same(tokens['expires_in'], 600, 'G10 its life in seconds');
      same(tokens['token_type'], 'Bearer', 'token_type');
    },
  ],
  [
    'without a resource the audience is the issuer',
    async (actor) => {
      const { tokens } = await actor.login({ resource: undefined });
      await verifiedAccess(actor, tokens, actor.provider.issuer);
    },
  ],
  [
    'P-26 no cache keeps a token response (RFC 6749 §5.1)',
    async (actor) => {
      const reply = await actor.redeem(await actor.authorize());
      same(reply.headers.get('cache-control')?.includes('no-store'), true, 'no-store');
    },
  ],
  [
    'P-05 a code counts once, and whoever comes second ends what the first got (RFC 6749 §4.1.2)',
    async (actor) => {
      const login = await actor.login();
      refused(await actor.redeem(login), 'invalid_grant');
      refused(await actor.refresh(login.tokens['refresh_token']), 'invalid_grant');
    },
  ],
  [
    'G8 a code is good for a minute',
    async (actor) => {
      const begun = await actor.authorize();
      actor.provider.advance(60);
      refused(await actor.redeem(begun), 'invalid_grant');
    },
  ],
  [
    'P-08 P-06 a code is redeemed by its own verifier, client and redirect_uri only',
    async (actor) => {
      const [, stranger] = actor.provider.clients;
      const verifier = 'a-verifier-that-somebody-made-up-0123456789abcdef';
      refused(await actor.redeem(await actor.authorize(), { code_verifier: verifier }), 'invalid_grant');
      refused(
        await actor.redeem(await actor.authorize(), { redirect_uri: stranger.redirectUri }),
        'invalid_grant',
      );
      refused(await actor.redeem(await actor.authorize(), {}, stranger), 'invalid_grant');
    },
  ],
  [
    'P-23 a wrong secret is invalid_client, with a challenge (RFC 6749 §5.2)',
    async (actor) => {
      const impostor = { ...actor.provider.clients[0], clientSecret: 'wrong' };
      const reply = await actor.redeem(await actor.authorize(), {}, impostor);
      same(reply.status, 401, 'status');
      same(reply.body['error'], 'invalid_client', 'error');
      same(reply.headers.get('www-authenticate')?.startsWith('Basic'), true, 'WWW-Authenticate');
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
    async (actor) => {
      const reply = await actor.send('token_endpoint', { grant_type: 'password' }, { authorization });
      same(`${reply.status} ${textOf(reply.body['error'])}`, '401 invalid_client', 'the answer');
    },
  ]),
  [
    'without openid there is no ID token, and nothing at userinfo (OIDC Core §3.1.2.1, §5.3)',
    async (actor) => {
      const { tokens } = await actor.login({ scope: 'email', resource: undefined });
      same('id_token' in tokens, false, 'an ID token');
      const { status, headers } = await actor.userinfo(tokens['access_token']);
      same(status, 403, 'status at userinfo');
      same(headers.get('www-authenticate')?.includes('error="insufficient_scope"'), true, 'the challenge');
    },
  ],
  [
    'P-24 another grant is unsupported_grant_type',
    async (actor) =>
      refused(await actor.post('token_endpoint', { grant_type: 'password' }), 'unsupported_grant_type'),
  ],
];
