import { describe, expect, it } from 'vitest';
import { createTestIssuer, type TestIssuer } from '../../testing/index.ts';
import { createRemoteKeys, type RemoteKeys } from '../index.ts';

const unknown = (n: number) => ({ alg: 'ES256', kid: `unknown-${n}` });
const current = (issuer: TestIssuer) => ({ alg: 'ES256', kid: issuer.keys.signer().kid });
const count = (issuer: TestIssuer) => issuer.requests('jwks').length;
const nothing = () => undefined;

/** A line that can be held: what the issuer answered when it was asked arrives when the hold lets go. */
function createLine(issuer: TestIssuer) {
  let held: { readonly asked: () => void; readonly gate: Promise<void> } | undefined;
  return {
    fetch: (async (input, init) => {
      const hold = held;
      const response = await issuer.fetch(input, init);
      hold?.asked();
      await hold?.gate;
      return response;
    }) satisfies typeof fetch,
    /** @returns `asked`: once a request is held. `end`: later ones pass. `letGo`: the held one goes on as well. */
    hold() {
      const asked = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const end = () => (held = undefined);
      held = { asked: asked.resolve, gate: gate.promise };
      const letGo = () => {
        end();
        gate.resolve();
      };
      return { asked: asked.promise, end, letGo };
    },
  };
}

async function setUp() {
  const issuer = await createTestIssuer();
  const line = createLine(issuer);
  const { clock } = issuer;
  const keys = createRemoteKeys({ jwksUri: `${issuer.issuer}/jwks`, fetch: line.fetch, clock });
  return { issuer, line, keys };
}

type Begin = (keys: RemoteKeys, issuer: TestIssuer) => Promise<unknown>;

const beginnings: readonly [what: string, isWarm: boolean, begin: Begin][] = [
  ['a stranger’s unknown kid', true, (keys) => keys(unknown(1))],
  ['a refresh', true, (keys) => keys.refresh()],
  [
    'a request with a stale key',
    true,
    (keys, issuer) => {
      issuer.clock.advance(61);
      return keys(current(issuer));
    },
  ],
  ['the first token', false, (keys, issuer) => keys(current(issuer))],
  ['a stranger’s first token', false, (keys) => keys(unknown(1))],
  ['another login’s first token', false, (keys, issuer) => keys.withoutCooldown(current(issuer))],
];

describe('a key that is rotated while a fetch is under way', () => {
  it.each(beginnings)(
    'F-04 is found for every login, though the fetch was begun before by %s',
    async (_what, isWarm, begin) => {
      const { issuer, line, keys } = await setUp();
      if (isWarm) await keys(current(issuer));
      const hold = line.hold();
      const begun = begin(keys, issuer).catch(nothing);
      await hold.asked;
      const before = count(issuer);
      await issuer.keys.rotate();
      const logins = Array.from({ length: 20 }, () => keys.withoutCooldown(current(issuer)));
      hold.letGo();
      await expect(Promise.all(logins)).resolves.toHaveLength(20);
      await begun;
      expect(count(issuer)).toBe(before + 1);
    },
  );

  it('F-04 is found for an API too, where the cool-down is unused', async () => {
    const { issuer, line, keys } = await setUp();
    await keys(current(issuer));
    const hold = line.hold();
    const begun = keys.refresh();
    await hold.asked;
    await issuer.keys.rotate();
    const calls = Array.from({ length: 20 }, () => keys(current(issuer)));
    hold.letGo();
    await Promise.all([begun, ...calls]);
    expect(count(issuer)).toBe(3);
  });

  it('G12 lets no stranger ask twice: one who joins a stranger’s fetch is refused by its answer', async () => {
    const { issuer, line, keys } = await setUp();
    const hold = line.hold();
    const first = keys(unknown(1)).catch(nothing);
    await hold.asked;
    const others = Array.from({ length: 20 }, (_, n) => keys(unknown(n)));
    hold.letGo();
    const outcomes = await Promise.allSettled([first, ...others]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect(count(issuer)).toBe(1);
  });

  it('T-06 is looked for once after it, where the provider does not publish it', async () => {
    const { issuer, line, keys } = await setUp();
    await keys(current(issuer));
    const hold = line.hold();
    const begun = keys.refresh();
    await hold.asked;
    const logins = Array.from({ length: 20 }, () => keys.withoutCooldown(unknown(1)));
    hold.letGo();
    await Promise.allSettled([begun, ...logins]);
    await expect(keys.withoutCooldown(unknown(1))).rejects.toMatchObject({ code: 'token_key_unknown' });
    expect(count(issuer)).toBe(3);
  });
});

describe('a key that is rotated while the provider is down', () => {
  it.each(['without the cool-down', 'with the cool-down'])(
    'F-03 is found within five seconds of its return (%s)',
    async (how) => {
      const { issuer, keys } = await setUp();
      const find = how === 'without the cool-down' ? keys.withoutCooldown : keys;
      await keys(current(issuer));
      await issuer.keys.rotate();
      issuer.fail('jwks', 'refused');
      for (let second = 0; second < 50; second++) {
        await expect(find(current(issuer))).rejects.toMatchObject({ transient: true });
        issuer.clock.advance(1);
      }
      expect(count(issuer)).toBeLessThanOrEqual(1 + 25);
      issuer.fail('jwks');
      issuer.clock.advance(4);
      await expect(find(current(issuer))).resolves.toBeDefined();
    },
  );

  it('G12 leaves the cool-down as long as ever once it answers', async () => {
    const { issuer, keys } = await setUp();
    await keys(current(issuer));
    issuer.fail('jwks', { status: 503 });
    await keys(unknown(0)).catch(nothing);
    issuer.fail('jwks');
    const before = count(issuer);
    for (let n = 1; n <= 30; n++) {
      issuer.clock.advance(1);
      await keys(unknown(n)).catch(nothing);
    }
    expect(count(issuer)).toBe(before + 1);
  });
});

describe('a fetch that a runtime dropped with its request', () => {
  it.each([
    ['before any key was there', false],
    ['with keys at hand', true],
  ])('is waited for no longer than its deadline (%s)', async (_what, isWarm) => {
    const { issuer, line, keys } = await setUp();
    if (isWarm) await keys(current(issuer));
    await issuer.keys.rotate();
    const hold = line.hold();
    void keys(current(issuer));
    await hold.asked;
    hold.end();
    issuer.clock.advance(6);
    await expect(keys(current(issuer))).resolves.toBeDefined();
    expect(count(issuer)).toBe(isWarm ? 3 : 2);
  });

  it('changes nothing when it answers after all, with the set of then', async () => {
    const { issuer, line, keys } = await setUp();
    const hold = line.hold();
    const late = keys.refresh();
    await hold.asked;
    hold.end();
    issuer.clock.advance(6);
    await issuer.keys.rotate({ forgetOld: true });
    await keys(current(issuer));
    hold.letGo();
    await late;
    await expect(keys(current(issuer))).resolves.toBeDefined();
    expect(keys.version()).toBe(1);
  });
});
