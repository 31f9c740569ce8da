// The floor: what the same answers cost where nothing is checked beyond the bare rules, nothing is logged and nothing can be
// configured. Started by bench/idp.
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { API, CLIENT, PERMISSION, peerSettings } from './parties.ts';

const { port, issuer, file } = peerSettings();
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { key: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
const jwks = JSON.stringify({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'floor', alg: 'ES256', use: 'sig' }],
});

const db = new DatabaseSync(file);
db.exec(`pragma journal_mode = WAL; pragma synchronous = FULL;
  create table sessions (id text primary key);
  create table codes (hash text primary key, challenge text not null, nonce text);
  create table tokens (hash text primary key, grant_id text not null);`);
const addSession = db.prepare('insert into sessions values (?)');
const findSession = db.prepare('select id from sessions where id = ?');
const addCode = db.prepare('insert into codes values (?, ?, ?)');
const takeCode = db.prepare('delete from codes where hash = ? returning challenge, nonce');
const addToken = db.prepare('insert into tokens values (?, ?)');
const rotate = db.prepare('update tokens set hash = ? where hash = ? returning grant_id');
const findGrant = db.prepare('select grant_id from tokens where grant_id = ?');
db.exec('create index tokens_by_grant on tokens (grant_id)');

const random = () => randomBytes(16).toString('base64url');
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function jwt(typ: string, claims: object): string {
  const iat = Math.floor(Date.now() / 1000);
  const content = `${encode({ alg: 'ES256', kid: 'floor', typ })}.${encode({ iss: issuer, iat, exp: iat + 600, ...claims })}`;
  const signature = sign('sha256', Buffer.from(content), { ...key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

interface Claims {
  readonly sub: string;
  readonly jti: string;
  readonly exp: number;
}

function readJwt(token: string): Claims | undefined {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const content = Buffer.from(`${header}.${payload}`);
  const isOurs = verify(
    'sha256',
    content,
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isOurs) return undefined;
  const claims: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return claims.exp > Date.now() / 1000 && findGrant.get(claims.jti) ? claims : undefined;
}

function tokens(grantId: string, refreshToken: string, nonce?: string) {
  return {
    access_token: jwt('at+jwt', { sub: 'ada', aud: issuer, jti: grantId }),
    id_token: jwt('JWT', { sub: 'ada', aud: CLIENT.id, ...(nonce !== undefined && { nonce }) }),
    refresh_token: refreshToken,
    token_type: 'Bearer',
    expires_in: 600,
  };
}

function redeem(form: URLSearchParams): object | undefined {
  const row = takeCode.get(sha256(form.get('code') ?? ''));
  if (!row || row['challenge'] !== sha256(form.get('code_verifier') ?? '')) return undefined;
  const [grantId, token] = [random(), random()];
  addToken.run(sha256(token), grantId);
  return tokens(grantId, token, String(row['nonce'] ?? ''));
}

function refresh(form: URLSearchParams): object | undefined {
  const next = random();
  const row = rotate.get(sha256(next), sha256(form.get('refresh_token') ?? ''));
  return row && tokens(String(row['grant_id']), next);
}

const clientToken = () => ({
  access_token: jwt('at+jwt', { sub: CLIENT.id, aud: API, scope: PERMISSION, jti: random() }),
  token_type: 'Bearer',
  expires_in: 600,
});

const grants: Readonly<Record<string, (form: URLSearchParams) => object | undefined>> = {
  authorization_code: redeem,
  refresh_token: refresh,
  client_credentials: clientToken,
};

const basic = `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`;
const isClient = (context: Context) => context.req.header('authorization') === basic;

const app = new Hono();
app.get('/jwks', () => new Response(jwks, { headers: { 'content-type': 'application/jwk-set+json' } }));
app.get('/hello', (context) => context.text('hello'));
app.get('/sign-in', (context) => {
  const id = random();
  addSession.run(id);
  return context.body(null, 204, { 'set-cookie': `session=${id}; HttpOnly; Path=/` });
});
app.get('/authorize', (context) => {
  const [, session = ''] = /session=([^;]+)/.exec(context.req.header('cookie') ?? '') ?? [];
  const query = new URL(context.req.url).searchParams;
  if (!findSession.get(session) || query.get('redirect_uri') !== CLIENT.redirectUri)
    return context.body(null, 400);
  const code = random();
  addCode.run(sha256(code), query.get('code_challenge') ?? '', query.get('nonce'));
  return context.redirect(`${CLIENT.redirectUri}?code=${code}&state=${query.get('state')}&iss=${issuer}`);
});
app.post('/token', async (context) => {
  if (!isClient(context)) return context.json({ error: 'invalid_client' }, 401);
  const form = new URLSearchParams(await context.req.text());
  const answer = grants[form.get('grant_type') ?? '']?.(form);
  return answer ? context.json(answer) : context.json({ error: 'invalid_grant' }, 400);
});
app.get('/userinfo', (context) => {
  const claims = readJwt(context.req.header('authorization')?.slice('Bearer '.length) ?? '');
  return claims ? context.json({ sub: claims.sub, name: 'Ada' }) : context.json({}, 401);
});
app.post('/introspect', async (context) => {
  if (!isClient(context)) return context.json({ error: 'invalid_client' }, 401);
  const claims = readJwt(new URLSearchParams(await context.req.text()).get('token') ?? '');
  return context.json(claims ? { active: true, ...claims } : { active: false });
});

serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => console.log('listens on', port));
