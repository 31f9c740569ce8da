import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateSigningJwk, importSigningKey, signAccessToken, verifyAccessToken } from '@sso/auth/tokens';
import { createSqliteDialect } from '@sso/sqlite';
import Sqlite from 'better-sqlite3';
import type { JWK } from 'jose';
import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../src/events/provider-event.ts';
import { createKeySealer } from '../src/keys/key-sealer.ts';
import { openKeyRing } from '../src/keys/key-ring.ts';
import { openStore } from '../src/store/index.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { openDatabaseContent } from './database-content.ts';
import { addUnsealedKey, migrateBefore } from './earlier-release.ts';
import { hasPostgres, startPostgres } from './throwaway-postgres.ts';

const NOW = 1_800_000_000;
const [ONE, TWO] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

async function openRing(
  url: string,
  keys: readonly [Uint8Array, ...Uint8Array[]],
  events: ProviderEvent[] = [],
) {
  const store = await openStore(url);
  const times = { clock: () => NOW, publishSeconds: 660, leadSeconds: 330, rotationSeconds: 0 };
  const observe = (event: ProviderEvent) => void events.push(event);
  try {
    return { store, ring: await openKeyRing({ store, sealer: createKeySealer(keys), ...times, observe }) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** A database of a release that stored keys in clear, with keys that it had deleted in its free space. */
async function writeEarlierDatabase<T>(db: Kysely<T>): Promise<JWK[]> {
  await migrateBefore(db, '0012');
  const times = { createdAt: NOW, activatedAt: NOW };
  for (let index = 0; index < 40; index++) {
    const privateJwk = { kty: 'RSA', d: DELETED.repeat(100) };
    await addUnsealedKey(db, {
      kid: `deleted-${index}`,
      alg: 'RS256',
      state: 'retired',
      privateJwk,
      ...times,
    });
  }
  await sql`delete from signing_keys`.execute(db);
  const jwks: JWK[] = [];
  for (const [alg, state] of EARLIER_KEYS) {
    const privateJwk = await generateSigningJwk(alg);
    await addUnsealedKey(db, { kid: privateJwk.kid ?? '', alg, state, privateJwk, ...times });
    jwks.push(privateJwk);
  }
  return jwks;
}

const DELETED = 'deleted key bytes ';
const EARLIER_KEYS = [
  ['ES256', 'current'],
  ['ES256', 'next'],
  ['RS256', 'current'],
] as const;

const secretsOf = (jwks: readonly JWK[]) =>
  [DELETED, ...jwks.flatMap(({ d, p, q }) => [d, p, q])].filter((part) => part !== undefined);

const bytesOf = (path: string) => ['', '-wal'].map((end) => readFileSync(path + end, 'latin1')).join('');

const found = (path: string, jwks: readonly JWK[]) =>
  secretsOf(jwks).filter((part) => bytesOf(path).includes(part));

describe('G-05 signing keys in a SQLite file', () => {
  let folder: string;
  let files = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-sealed-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const newPath = () => join(folder, `${(files += 1)}.sqlite`);

  it('of an earlier release are sealed at the first start, and no byte of them stays in file, free space or log', async () => {
    const path = newPath();
    const earlier = new Kysely<unknown>({ dialect: createSqliteDialect({ path }) });
    const jwks = await writeEarlierDatabase(earlier);
    expect(found(path, jwks)).toHaveLength(secretsOf(jwks).length);
    await earlier.destroy();
    const events: ProviderEvent[] = [];
    const { store, ring } = await openRing(`file:${path}`, [ONE], events);
    expect(found(path, jwks)).toEqual([]);
    expect(ring.signingKey('ES256').kid).toBe(jwks[0]?.kid);
    expect(ring.signingKey('RS256').kid).toBe(jwks[2]?.kid);
    expect(events).toEqual([
      {
        type: 'config.warned',
        message: expect.stringMatching(/^The signing keys lay in the database in clear/),
      },
    ]);
    await store.close();
    const again: ProviderEvent[] = [];
    await (await openRing(`file:${path}`, [ONE], again)).store.close();
    expect(again).toEqual([]);
  });

  it('of an earlier release are erased at the next start, where a crash came between sealing and erasing', async () => {
    const path = newPath();
    const earlier = new Kysely<unknown>({ dialect: createSqliteDialect({ path }) });
    const jwks = await writeEarlierDatabase(earlier);
    await earlier.destroy();
    const crashed = await openStore(`file:${path}`);
    const sealer = createKeySealer([ONE]);
    for (const { kid, privateJwk } of await crashed.listUnsealedKeys())
      await crashed.sealKey(kid, await sealer.seal(privateJwk));
    expect(await crashed.listUnsealedKeys()).toEqual([]);
    expect(found(path, jwks)).not.toEqual([]);
    await crashed.close();
    const { store } = await openRing(`file:${path}`, [ONE]);
    expect(found(path, jwks)).toEqual([]);
    await store.close();
  });

  it('of an earlier release stay marked while another program reads the log, and go once it has ended', async () => {
    const path = newPath();
    const earlier = new Kysely<unknown>({ dialect: createSqliteDialect({ path }) });
    const jwks = await writeEarlierDatabase(earlier);
    await earlier.destroy();
    const store = await openStore(`file:${path}`);
    const sealer = createKeySealer([ONE]);
    const reader = new Sqlite(path);
    reader.exec('begin; select count(*) from signing_keys');
    for (const { kid, privateJwk } of await store.listUnsealedKeys())
      await store.sealKey(kid, await sealer.seal(privateJwk));
    expect(await store.eraseUnsealedKeys(0)).toBe(false);
    reader.exec('commit');
    expect(await store.eraseUnsealedKeys(0)).toBe(true);
    expect(found(path, jwks)).toEqual([]);
    reader.close();
    await store.close();
  });

  it('leave nothing in it while they are made, rotated and swept', async () => {
    const path = newPath();
    const { store, ring } = await openRing(`file:${path}`, [ONE]);
    const sealed = (await store.listSigningKeys(NOW)).map(({ sealedJwk = '' }) => sealedJwk);
    await ring.rotate('ES256');
    await store.sweep(NOW + 700);
    const db = openDatabase(`file:${path}`);
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
    await db.destroy();
    const bytes = bytesOf(path);
    expect(bytes).not.toMatch(/"d":|"qi":/);
    expect(sealed.filter((text) => bytes.includes(text))).toHaveLength(sealed.length - 1);
    await store.close();
  });
});

interface Engine {
  readonly name: string;
  readonly skipped: boolean;
  readonly open: (disposal: AsyncDisposableStack) => Promise<string>;
}

const engines: readonly Engine[] = [
  {
    name: 'SQLite file',
    skipped: false,
    async open(disposal) {
      const folder = await mkdtemp(join(tmpdir(), 'idp-ring-'));
      disposal.defer(() => rm(folder, { recursive: true }));
      return `file:${join(folder, 'idp.sqlite')}`;
    },
  },
  {
    name: 'PostgreSQL',
    skipped: !hasPostgres,
    open: async (disposal) => disposal.use(await startPostgres()).url,
  },
];

describe.each(engines.filter(({ skipped }) => !skipped))('G-05 signing keys on a $name', ({ open }) => {
  const disposal = new AsyncDisposableStack();
  let url: string;
  let jwks: JWK[];
  beforeAll(async () => {
    url = await open(disposal);
    const db = openDatabase(url);
    jwks = await writeEarlierDatabase(db);
    await db.destroy();
  });
  afterAll(() => disposal.disposeAsync());

  const content = async () => {
    const opened = openDatabaseContent(url);
    const text = JSON.stringify(await opened.read());
    await opened.close();
    return text;
  };

  it('of an earlier release stay the same keys, and are sealed by whichever of two nodes comes first', async () => {
    const nodes = await Promise.all([openRing(url, [ONE]), openRing(url, [ONE])]);
    const text = await content();
    expect(secretsOf(jwks).filter((part) => text.includes(part))).toEqual([]);
    expect(nodes.map(({ ring }) => ring.signingKey('ES256').kid)).toEqual([jwks[0]?.kid, jwks[0]?.kid]);
    for (const { store } of nodes) await store.close();
  });

  it('are sealed by the new first key at the next start, and the old one may leave', async () => {
    const before = await openRing(url, [ONE]);
    const jwksBefore = before.ring.jwks();
    await before.store.close();
    await expect(openRing(url, [TWO])).rejects.toThrow(/is not among the KEY_ENCRYPTION_KEYS/);
    await (await openRing(url, [TWO, ONE])).store.close();
    const after = await openRing(url, [TWO]);
    expect(after.ring.jwks()).toEqual(jwksBefore);
    await after.store.close();
    await expect(openRing(url, [ONE])).rejects.toThrow(/is not among the KEY_ENCRYPTION_KEYS/);
  });

  it('that somebody puts there without the sealing key are believed by no node', async () => {
    const events: ProviderEvent[] = [];
    const { store, ring } = await openRing(url, [TWO], events);
    const planted = await generateSigningJwk('ES256');
    const { kid = '' } = planted;
    const db = openDatabase(url);
    await sql`insert into signing_keys (kid, alg, state, public_jwk, sealed_jwk, created_at, activated_at)
      values (${kid}, 'ES256', 'retired', ${JSON.stringify(planted)},
        ${await createKeySealer([ONE]).seal(planted)}, ${NOW}, ${NOW})`.execute(db);
    await ring.reload();
    await ring.reload();
    const key = await importSigningKey(planted);
    const claims = {
      iss: 'https://id.example',
      sub: 'ada',
      aud: 'a',
      exp: NOW + 60,
      iat: NOW,
      jti: '1',
      client_id: 'c',
    };
    const token = await signAccessToken(claims, key);
    const rules = { issuer: claims.iss, audience: 'a', algorithms: ['ES256'] as const, clock: () => NOW };
    await expect(verifyAccessToken(token, { ...rules, keys: ring.verificationKeys })).rejects.toMatchObject({
      code: 'token_key_unknown',
    });
    expect(ring.jwks().body).not.toContain(kid);
    expect(events).toEqual([
      { type: 'config.warned', message: expect.stringContaining(`The signing key ${kid} can't be opened`) },
    ]);
    await sql`delete from signing_keys where kid = ${kid}`.execute(db);
    await db.destroy();
    await store.close();
  });
});
