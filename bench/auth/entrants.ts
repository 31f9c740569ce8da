import { randomBytes } from 'node:crypto';
import { createResourceServer, type ResourceServer } from '../../packages/auth/src/resource/index.ts';
import { createSealer } from '../../packages/auth/src/session/index.ts';
import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  signAccessToken,
} from '../../packages/auth/src/tokens/index.ts';
import type { Entrant } from './contest.ts';
import type { AuthPeers, PeerInput } from './peer-types.ts';
import { createRaw } from './raw.ts';

const ISSUER = 'https://id.example';
const AUDIENCE = 'https://shop.example/api';

/** The contests, each with node:crypto alone first and ours second. @param inputs how many different ones each has */
export async function createEntrants(inputs: number): Promise<ReadonlyMap<string, readonly Entrant[]>> {
  const jwk = await generateSigningJwk('ES256');
  const sessionKey = randomBytes(32);
  const setting = {
    ...(await signedTokens(jwk, inputs)),
    sessionKey,
    content: { sub: 'ada', padding: 'x'.repeat(1900) },
    raw: createRaw({ ...jwk }, sessionKey),
  };
  const input = { issuer: ISSUER, audience: AUDIENCE, privateJwk: jwk, claims: claimsOf(0), sessionKey };
  const peers = await loadPeers({ ...input, content: setting.content });
  return new Map([
    ['a bearer token seen before', seenTokens(setting)],
    ['a new bearer token', newTokens(setting, peers)],
    ['signing an access token', signing(setting, peers)],
    ['a session not opened before', await sessions(setting, peers, inputs)],
  ]);
}

/** The peers' types are there once they are fetched, which is later than this file is checked. */
async function loadPeers(input: PeerInput): Promise<AuthPeers> {
  const { href } = new URL('../peers/auth-peers.ts', import.meta.url);
  const program: { openAuthPeers(input: PeerInput): Promise<AuthPeers> } = await import(href);
  return program.openAuthPeers(input);
}

const claimsOf = (index: number) => {
  const iat = Math.floor(Date.now() / 1000);
  const about = {
    sub: 'ada',
    client_id: 'shop',
    scope: 'shop:orders.read',
    permissions: ['shop:orders.read'],
  };
  return { ...about, iss: ISSUER, aud: AUDIENCE, iat, exp: iat + 600, jti: `token-${index}` };
};

type Jwk = Awaited<ReturnType<typeof generateSigningJwk>>;

async function signedTokens(jwk: Jwk, inputs: number) {
  const key = await importSigningKey(jwk);
  const tokens: string[] = [];
  for (let index = 0; index < inputs; index += 1) tokens.push(await signAccessToken(claimsOf(index), key));
  return { key, tokens };
}

type Setting = Awaited<ReturnType<typeof signedTokens>> & {
  readonly raw: ReturnType<typeof createRaw>;
  readonly sessionKey: Uint8Array;
  readonly content: { readonly sub: string; readonly padding: string };
};

function createApi({ key }: Setting): ResourceServer<string> {
  return createResourceServer({
    issuer: ISSUER,
    audience: AUDIENCE,
    keys: createLocalKeys({ keys: [key.publicJwk] }),
  });
}

const bearer = (token = '') => ({
  method: 'GET',
  url: `${AUDIENCE}/orders`,
  headers: new Headers({ authorization: `Bearer ${token}` }),
});

function rawVerification({ tokens, raw }: Setting): Entrant {
  const signed = tokens.map((token) => Buffer.from(token.slice(0, token.lastIndexOf('.'))));
  const signatures = signed.map((text) => raw.sign(text));
  const nothing = Buffer.alloc(0);
  return {
    name: 'node:crypto',
    begin: () => (index) => raw.verify(signed[index] ?? nothing, signatures[index] ?? nothing),
  };
}

function seenTokens(setting: Setting): readonly Entrant[] {
  const api = createApi(setting);
  const seen = bearer(setting.tokens[0]);
  return [rawVerification(setting), { name: 'ours', begin: () => () => api.authenticate(seen) }];
}

function newTokens(setting: Setting, peers: AuthPeers): readonly Entrant[] {
  const requests = setting.tokens.map((token) => bearer(token));
  return [
    rawVerification(setting),
    {
      name: 'ours',
      begin() {
        const api = createApi(setting);
        return (index) => api.authenticate(requests[index] ?? bearer());
      },
    },
    { name: 'jose', begin: () => (index) => peers.verify(setting.tokens[index] ?? '') },
  ];
}

function signing({ key, raw }: Setting, peers: AuthPeers): readonly Entrant[] {
  const text = Buffer.from('x'.repeat(400));
  return [
    { name: 'node:crypto', begin: () => () => raw.sign(text) },
    { name: 'ours', begin: () => (index) => signAccessToken(claimsOf(index), key) },
    { name: 'jose', begin: () => () => peers.sign() },
  ];
}

async function sessions(
  { raw, sessionKey, content }: Setting,
  peers: AuthPeers,
  inputs: number,
): Promise<readonly Entrant[]> {
  const keys = [Buffer.from(sessionKey).toString('base64url')];
  const sealer = createSealer({ keys, owner: `${ISSUER} shop` });
  const rawSeals = Array.from({ length: inputs }, () => raw.seal(Buffer.from(JSON.stringify(content))));
  const entrants = [
    {
      name: 'ours',
      seal: () => sealer.seal('session', content),
      open: (sealed: string) => sealer.open('session', sealed),
    },
    ...peers.sealers,
  ].map(async ({ name, seal, open }): Promise<Entrant> => {
    const seals = await Promise.all(Array.from({ length: inputs }, seal));
    return { name, begin: () => (index) => open(seals[index] ?? '') };
  });
  const rawEntrant: Entrant = {
    name: 'node:crypto',
    begin: () => (index) => rawSeals[index] && raw.open(rawSeals[index]),
  };
  return [rawEntrant, ...(await Promise.all(entrants))];
}
