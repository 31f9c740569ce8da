import { signAccessToken, verifyAccessToken } from '@sso/auth/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../events/provider-event.ts';
import { testSealer } from '../../test/test-sealer.ts';
import { openStore, type Store } from '../store/index.ts';
import { ALGORITHMS, type KeyRing, openKeyRing } from './key-ring.ts';
import { revokeKey } from './revocation.ts';

const ISSUER = 'https://id.example';

describe('the key ring', () => {
  let store: Store;
  let ring: KeyRing;
  let now = 1_000_000;
  const events: ProviderEvent[] = [];
  const open = (rotationSeconds = 0, from: Store = store) =>
    openKeyRing({
      store: from,
      sealer: testSealer,
      clock: () => now,
      observe: (event) => void events.push(event),
      publishSeconds: 660,
      leadSeconds: 330,
      rotationSeconds,
    });
  beforeAll(async () => {
    store = await openStore('file::memory:');
    ring = await open();
  });
  afterAll(() => store.close());

  const kids = (one: KeyRing = ring): string[] =>
    JSON.parse(one.jwks().body).keys.map(({ kid }: { kid: string }) => kid);
  const sign = () =>
    signAccessToken(
      { iss: ISSUER, sub: 'ada', aud: ISSUER, exp: now + 600, iat: now, jti: '1', client_id: 'shop' },
      ring.signingKey('ES256'),
    );
  const verify = (token: string, one: KeyRing = ring) =>
    verifyAccessToken(token, {
      issuer: ISSUER,
      audience: ISSUER,
      algorithms: ['ES256'],
      keys: one.verificationKeys,
      clock: () => now,
    });

  it('publishes a current and a next key of every algorithm, and nothing private', () => {
    expect(kids()).toHaveLength(2 * ALGORITHMS.length);
    for (const key of JSON.parse(ring.jwks().body).keys) {
      expect(
        Object.keys(key).filter((member) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(member)),
      ).toEqual([]);
      expect(key).toMatchObject({ use: 'sig', kid: expect.any(String), alg: expect.any(String) });
    }
  });

  it('is the same for every node on one database', async () => {
    const [one, two] = await Promise.all([open(), open()]);
    expect(kids(one)).toEqual(kids(two));
    expect(one.signingKey('RS256').kid).toBe(two.signingKey('RS256').kid);
  });

  it('G12 signs after a rotation with a key that was published before it', async () => {
    const before = kids();
    const [old, token] = [ring.signingKey('ES256').kid, await sign()];
    expect(await ring.rotate('ES256')).toMatchObject({ signsAt: now });
    expect(ring.signingKey('ES256').kid).not.toBe(old);
    expect(before).toContain(ring.signingKey('ES256').kid);
    expect(kids()).toContain(old);
    await expect(verify(token)).resolves.toMatchObject({ sub: 'ada' });
  });

  it('G12 F-04 lets a new next key sign only when every copy of the key set can hold it', async () => {
    const old = ring.signingKey('ES256').kid;
    const rotation = await ring.rotate('ES256');
    expect(rotation).toMatchObject({ signsAt: now + 330 });
    expect(await ring.rotate('ES256')).toEqual(rotation);
    expect(ring.signingKey('ES256').kid).toBe(old);
    const token = await sign();
    now += 330;
    expect(ring.signingKey('ES256').kid).toBe(rotation?.kid);
    await expect(verify(token)).resolves.toMatchObject({ sub: 'ada' });
    now += 330;
  });

  it('G17 of two nodes that rotate at once one does, and both sign with the same key', async () => {
    const nodes = await Promise.all([open(), open()]);
    const rotations = await Promise.all(nodes.map((node) => node.rotate('RS256')));
    expect(rotations.filter(Boolean)).toHaveLength(1);
    await Promise.all(nodes.map((node) => node.reload()));
    const signing = new Set(nodes.map((node) => node.signingKey('RS256').kid));
    expect([...signing]).toEqual([rotations.find(Boolean)?.kid]);
    expect(kids(nodes[0]).length).toBe(kids(nodes[1]).length);
  });

  it('rotates by schedule, once, whichever node looks first', async () => {
    const nodes = await Promise.all([open(86_400), open(86_400)]);
    const old = nodes[0].signingKey('EdDSA').kid;
    await Promise.all(nodes.map((node) => node.rotateDueKeys()));
    expect(nodes[0].signingKey('EdDSA').kid).toBe(old);
    now += 86_400;
    events.length = 0;
    await Promise.all(nodes.map((node) => node.rotateDueKeys()));
    await Promise.all(nodes.map((node) => node.rotateDueKeys()));
    const [one, two] = nodes.map((node) => node.signingKey('EdDSA').kid);
    expect(one).not.toBe(old);
    expect(two).toBe(one);
    const told = events.filter((event) => event.type === 'key.rotated' && event.alg === 'EdDSA');
    expect(told).toEqual(nodes.map(() => ({ type: 'key.rotated', alg: 'EdDSA', kid: one, signsAt: now })));
    await ring.reload();
  });

  it('G12 a node that has not heard of a rotation goes on, and verifies what others sign', async () => {
    const deaf = await open();
    now += 330;
    await ring.rotate('ES256');
    await expect(verify(await sign(), deaf)).resolves.toMatchObject({ sub: 'ada' });
    await deaf.reload();
    expect(deaf.signingKey('ES256').kid).toBe(ring.signingKey('ES256').kid);
  });

  it('stops publishing a retired key once its last token has expired', async () => {
    now += 330;
    const old = ring.signingKey('ES256').kid;
    await ring.rotate('ES256');
    now += 659;
    await ring.reload();
    expect(kids()).toContain(old);
    now += 1;
    await ring.reload();
    expect(kids()).not.toContain(old);
  });

  it('T-39 an earlier look at the keys that takes longer brings no revoked key back', async () => {
    const { promise: slow, resolve: letGo } = Promise.withResolvers<void>();
    const held: Promise<void>[] = [];
    const listing = { ...store, listSigningKeys: listSlowly };
    async function listSlowly(time: number) {
      const keys = await store.listSigningKeys(time);
      await held.shift();
      return keys;
    }
    const node = await open(0, listing);
    const { kid } = node.signingKey('EdDSA');
    held.push(slow);
    const earlier = node.reload();
    await revokeKey({ store, sealer: testSealer, clock: () => now, leadSeconds: 330 }, kid);
    await node.reload();
    letGo();
    await earlier;
    expect(kids(node)).not.toContain(kid);
    expect(node.signingKey('EdDSA').kid).not.toBe(kid);
    await ring.reload();
  });

  it('renders a new ETag with every change', async () => {
    const { etag } = ring.jwks();
    await ring.reload();
    expect(ring.jwks().etag).toBe(etag);
    await ring.rotate('EdDSA');
    expect(ring.jwks().etag).not.toBe(etag);
  });
});
