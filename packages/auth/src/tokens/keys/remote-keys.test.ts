import { describe, expect, it } from 'vitest';
import { createTestIssuer, createTestKey, type Fault, type TestIssuer } from '../../testing/index.ts';
import { createRemoteKeys, type RemoteKeysOptions } from '../index.ts';

const unknown = (n: number) => ({ alg: 'ES256', kid: `unknown-${n}` });
const current = (issuer: TestIssuer) => ({ alg: 'ES256', kid: issuer.keys.signer().kid });
const count = (issuer: TestIssuer) => issuer.requests('jwks').length;

async function setUp(options: Partial<RemoteKeysOptions> = {}) {
  const issuer = await createTestIssuer();
  const { fetch, clock } = issuer;
  const jwksUri = `${issuer.issuer}/jwks`;
  const keys = createRemoteKeys({ jwksUri, fetch, clock, timeoutSeconds: 0.05, ...options });
  return { issuer, keys };
}

describe('remote keys', () => {
  it('T-06 are fetched once for 20 parallel callers', async () => {
    const { issuer, keys } = await setUp();
    await Promise.all(Array.from({ length: 20 }, () => keys(current(issuer))));
    expect(count(issuer)).toBe(1);
  });

  it('T-06 are fetched once for 20 parallel unknown kids, at the first token and later', async () => {
    const { issuer, keys } = await setUp();
    const ask = () => Promise.allSettled(Array.from({ length: 20 }, (_, n) => keys(unknown(n))));
    await ask();
    expect(count(issuer)).toBe(1);
    issuer.clock.advance(31);
    const outcomes = await ask();
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 'rejected'));
    expect(count(issuer)).toBe(2);
  });

  it('G12 are fetched at most once in 30 s for unknown kids, one after the other', async () => {
    const { issuer, keys } = await setUp();
    for (let n = 0; n < 60; n++) {
      await expect(keys(unknown(n))).rejects.toMatchObject({ code: 'token_key_unknown', transient: false });
      issuer.clock.advance(1);
    }
    expect(count(issuer)).toBe(2);
  });

  it('find a rotated key at once, for everybody who waits for it', async () => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    await issuer.keys.rotate();
    await Promise.all(Array.from({ length: 20 }, () => keys(current(issuer))));
    expect(count(issuer)).toBe(2);
  });

  it('F-04 find a rotated key that the provider itself signed with, although a stranger used up the cool-down', async () => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    await expect(keys(unknown(1))).rejects.toMatchObject({ code: 'token_key_unknown' });
    for (let rotation = 0; rotation < 3; rotation++) {
      await issuer.keys.rotate();
      await expect(keys(current(issuer))).rejects.toMatchObject({ code: 'token_key_unknown' });
      await Promise.all(Array.from({ length: 20 }, () => keys.withoutCooldown(current(issuer))));
    }
    expect(count(issuer)).toBe(5);
  });

  it('T-06 look once in 30 s for a kid that the provider names and does not publish', async () => {
    const { issuer, keys } = await setUp();
    const ask = () => Promise.allSettled(Array.from({ length: 20 }, () => keys.withoutCooldown(unknown(1))));
    await ask();
    await ask();
    expect(count(issuer)).toBe(1);
    issuer.clock.advance(31);
    await ask();
    expect(count(issuer)).toBe(2);
  });

  it('count the changes of their content, and not their fetches', async () => {
    const { issuer, keys } = await setUp();
    expect(keys.version()).toBe(0);
    await keys.refresh();
    await keys.refresh();
    expect(keys.version()).toBe(1);
    await issuer.keys.rotate();
    await keys.refresh();
    expect(keys.version()).toBe(2);
  });

  it('T-39 forget a withdrawn key: beside a request after one minute, before it after two', async () => {
    const { issuer, keys } = await setUp();
    const withdrawn = current(issuer);
    await keys(withdrawn);
    await issuer.keys.rotate({ forgetOld: true });
    issuer.clock.advance(61);
    await keys(withdrawn);
    await keys.refresh();
    await expect(keys(withdrawn)).rejects.toMatchObject({ code: 'token_key_unknown' });

    const idle = await setUp();
    const old = current(idle.issuer);
    await idle.keys(old);
    await idle.issuer.keys.rotate({ forgetOld: true });
    idle.issuer.clock.advance(121);
    await expect(idle.keys(old)).rejects.toMatchObject({ code: 'token_key_unknown' });
  });

  it('F-06 survive a clock that jumps back an hour', async () => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    issuer.clock.advance(-3600);
    await issuer.keys.rotate();
    await expect(keys(current(issuer))).resolves.toBeDefined();
  });

  it('are only fetched over https or on this machine', () => {
    expect(() => createRemoteKeys({ jwksUri: 'http://issuer.example/jwks' })).toThrow(
      /jwksUri must be https/,
    );
  });
});

const faults: readonly [string, Fault][] = [
  ['answers 500', { status: 500 }],
  ['answers 404', { status: 404 }],
  ['does not answer', 'timeout'],
  ['refuses the connection', 'refused'],
  ['answers with a page', 'html'],
  ['answers with nothing', 'empty'],
  ['answers with far too much', 'huge'],
  ['redirects into the network', 'redirect'],
];

describe('while the provider', () => {
  it.each(faults)('F-01 %s, the keys at hand serve for hours', async (_what, fault) => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    issuer.fail('jwks', fault);
    for (let hour = 0; hour < 3; hour++) {
      issuer.clock.advance(3600);
      await expect(keys(current(issuer))).resolves.toBeDefined();
    }
    await keys.refresh();
  });

  it.each(faults)(
    'T-39 %s for a day, they serve no more, and what they verified is forgotten',
    async (_what, fault) => {
      const { issuer, keys } = await setUp();
      await keys(current(issuer));
      const version = keys.version();
      issuer.fail('jwks', fault);
      issuer.clock.advance(86_399);
      await expect(keys(current(issuer))).resolves.toBeDefined();
      issuer.clock.advance(1);
      const refused = { code: 'keys_unavailable', transient: true };
      await expect(keys(current(issuer))).rejects.toMatchObject(refused);
      expect(keys.version()).toBeGreaterThan(version);
      issuer.fail('jwks');
      issuer.clock.advance(5);
      await expect(keys(current(issuer))).resolves.toBeDefined();
    },
  );

  it.each(faults)(
    'F-01 %s, and no key is there yet, the failure is transient and recovers',
    async (_what, fault) => {
      const { issuer, keys } = await setUp();
      issuer.fail('jwks', fault);
      await expect(keys(current(issuer))).rejects.toMatchObject({
        code: 'keys_unavailable',
        transient: true,
      });
      issuer.fail('jwks');
      issuer.clock.advance(5);
      await expect(keys(current(issuer))).resolves.toBeDefined();
    },
  );

  it('is down, an unknown kid is refused as perhaps transient', async () => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    issuer.fail('jwks', 'refused');
    await expect(keys(unknown(1))).rejects.toMatchObject({ code: 'token_key_unknown', transient: true });
  });

  it('is down, it is asked once in 30 s at most', async () => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    issuer.clock.advance(61);
    issuer.fail('jwks', { status: 503 });
    for (let second = 0; second < 30; second++) {
      await keys(current(issuer));
      issuer.clock.advance(1);
    }
    await keys.refresh();
    expect(count(issuer)).toBeLessThanOrEqual(3);
  });

  it.each([
    ['withdraws every key', []],
    ['publishes a key off its curve alone', [{ kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }]],
    [
      'publishes a key alone that everybody can sign for',
      [{ kty: 'RSA', n: `${'_'.repeat(341)}w`, e: 'AQ' }],
    ],
    ['publishes a key of a foreign curve alone', [{ kty: 'EC', crv: 'secp256k1', x: 'AAAA', y: 'AAAA' }]],
  ])('%s by mistake, the last good set goes on', async (_what, jwks) => {
    const { publicJwk } = await createTestKey();
    const { issuer, keys } = await setUp({ fetch: answering([[publicJwk], jwks]) });
    await keys({ alg: 'ES256' });
    issuer.clock.advance(121);
    await expect(keys({ alg: 'ES256' })).resolves.toBeDefined();
    expect(keys.version()).toBe(1);
  });
});

/** Answers with one key set after the other. */
function answering(sets: object[][]): typeof fetch {
  return () => Promise.resolve(Response.json({ keys: sets.shift() ?? [] }));
}
