import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import {
  grantOf,
  interactionOf,
  keyOf,
  NOW,
  personOf,
  redemptionOf,
  rotationOf,
  sessionOf,
  unique,
} from './store-samples.ts';

/** What every engine must do. Each test brings its own ids, so that one database serves them all. */
export function describeStore(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());

  type Granted = Awaited<ReturnType<typeof granted>>;

  /** A person, their session and an unredeemed grant. */
  async function granted(offline = false) {
    const person = personOf();
    const session = sessionOf(person.sub);
    const grant = { ...grantOf(person.sub, session.sid), offline };
    const codeHash = unique('code');
    await store.addPerson(person, NOW);
    await store.openSession(session, unique('cookie'), person.passwordHash);
    await store.openGrant(grant, { hash: codeHash, expiresAt: NOW + 60 }, NOW);
    return { person, session, grant, codeHash };
  }

  /** A person and their session. */
  async function signedIn() {
    const person = personOf();
    const { sub, passwordHash } = person;
    const [session, cookie] = [sessionOf(sub), unique('cookie')];
    await store.addPerson(person, NOW);
    await store.openSession(session, cookie, passwordHash);
    return { session, cookie, passwordHash };
  }

  describe('sessions', () => {
    it('are found by the hash of their cookie until they expire', async () => {
      const { session, cookie } = await signedIn();
      expect(await store.findSessionByCookie(cookie, NOW)).toEqual(session);
      expect(await store.findSessionByCookie(cookie, session.expiresAt)).toBeUndefined();
    });

    it('P-16 forget the old cookie when they are renewed, and keep their sid', async () => {
      const { session, cookie: before, passwordHash } = await signedIn();
      const after = unique('cookie');
      expect(await store.renewSession({ ...session, authTime: NOW + 5 }, after, passwordHash)).toBe(true);
      expect(await store.findSessionByCookie(before, NOW)).toBeUndefined();
      expect(await store.findSessionByCookie(after, NOW)).toEqual({ ...session, authTime: NOW + 5 });
    });

    it('end once', async () => {
      const { session, passwordHash } = await signedIn();
      expect(await store.endSession(session.sid)).toBe(true);
      expect(await store.endSession(session.sid)).toBe(false);
      expect(await store.renewSession(session, unique('cookie'), passwordHash)).toBe(false);
    });
  });

  describe('interactions', () => {
    it('P-15 belong to the first browser that opens them', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      expect(await store.bindInteraction(interaction.id, 'mine')).toBe(true);
      expect(await store.bindInteraction(interaction.id, 'theirs')).toBe(false);
      expect((await store.findInteraction(interaction.id, NOW))?.browserHash).toBe('mine');
    });

    it('finish once and are gone after their time', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      await store.recordSignIn(interaction.id, 'sid-1');
      expect(await store.consumeInteraction(interaction.id, NOW)).toBe(true);
      expect(await store.consumeInteraction(interaction.id, NOW)).toBe(false);
      expect(await store.findInteraction(interaction.id, NOW)).toMatchObject({
        finishedAt: NOW,
        grantId: undefined,
        sid: 'sid-1',
      });
      expect(await store.findInteraction(interaction.id, NOW + 60)).toBeUndefined();
    });

    it('end with one grant, also of 10 answers at once, and again until the life of a code is over', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      const answer = (now = NOW) =>
        store.grantInteraction({ id: interaction.id, grantId: unique('grant'), now, repeatableSeconds: 30 });
      const ids = await Promise.all(Array.from({ length: 10 }, () => answer()));
      expect(new Set(ids).size).toBe(1);
      expect(await answer(NOW + 29)).toBe(ids[0]);
      expect(await answer(NOW + 30)).toBeUndefined();
      expect(await store.consumeInteraction(interaction.id, NOW)).toBe(false);
      expect(await store.findInteraction(interaction.id, NOW)).toMatchObject({
        finishedAt: NOW,
        grantId: ids[0],
      });
    });

    it('P-30 that were cancelled are granted nothing', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      await store.consumeInteraction(interaction.id, NOW);
      const answer = { id: interaction.id, grantId: unique('grant'), now: NOW, repeatableSeconds: 30 };
      expect(await store.grantInteraction(answer)).toBeUndefined();
    });
  });

  describe('codes', () => {
    it('P-05 of 10 parallel redemptions exactly one succeeds', async () => {
      const { codeHash, grant } = await granted();
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store.consumeCode(redemptionOf(codeHash))),
      );
      expect(results.filter(Boolean)).toEqual([grant]);
      expect(await store.findGrantOfConsumedCode(codeHash, grant.clientId)).toEqual(grant);
    });

    it('P-06 are neither given to nor spent by another client', async () => {
      const { codeHash } = await granted();
      expect(await store.consumeCode(redemptionOf(codeHash, { clientId: 'blog' }))).toBeUndefined();
      expect(await store.findGrantOfConsumedCode(codeHash, 'blog')).toBeUndefined();
      expect(await store.consumeCode(redemptionOf(codeHash))).toBeDefined();
    });

    it('are void once another took their place, in the same row', async () => {
      const { codeHash, grant } = await granted();
      const fresh = unique('code');
      const later = { ...grant, details: { ...grant.details, authTime: NOW + 5 } };
      expect(await store.openGrant(later, { hash: fresh, expiresAt: NOW + 65 }, NOW + 5)).toBe(true);
      expect(await store.consumeCode(redemptionOf(codeHash))).toBeUndefined();
      expect(await store.findGrantOfConsumedCode(codeHash, grant.clientId)).toBeUndefined();
      expect(await store.findIssuedCode(grant.id)).toEqual({
        sub: grant.sub,
        sid: grant.sid,
        isRedeemed: false,
      });
      expect(await store.consumeCode(redemptionOf(fresh, { now: NOW + 64 }))).toEqual(later);
    });

    it.each<readonly [string, (of: Granted) => Promise<unknown>]>([
      ['that was redeemed', ({ codeHash }) => store.consumeCode(redemptionOf(codeHash))],
      ['whose grant was revoked', ({ grant }) => store.revokeGrant(grant.id, NOW)],
    ])('are not put in the place of one %s', async (_what, end) => {
      const of = await granted();
      await end(of);
      const fresh = unique('code');
      expect(await store.openGrant(of.grant, { hash: fresh, expiresAt: NOW + 60 }, NOW)).toBe(false);
      expect(await store.consumeCode(redemptionOf(fresh))).toBeUndefined();
    });

    it.each(['sid', 'sub'])('are not put in the place of one of another %s', async (name) => {
      const { codeHash, grant } = await granted();
      const fresh = { hash: unique('code'), expiresAt: NOW + 60 };
      expect(await store.openGrant({ ...grant, [name]: unique(name) }, fresh, NOW)).toBe(false);
      expect(await store.consumeCode(redemptionOf(codeHash))).toEqual(grant);
    });

    it.each([1, 2, 3, 4, 5])(
      'P-05 round %i: of a redemption and a replacement at once one succeeds',
      async () => {
        const { codeHash, grant } = await granted();
        const fresh = unique('code');
        const [redeemed, replaced] = await Promise.all([
          store.consumeCode(redemptionOf(codeHash)),
          store.openGrant(grant, { hash: fresh, expiresAt: NOW + 60 }, NOW),
        ]);
        expect([redeemed !== undefined, replaced].filter(Boolean)).toHaveLength(1);
        expect((await store.consumeCode(redemptionOf(fresh))) !== undefined).toBe(replaced);
      },
    );

    it('are worth nothing after their time', async () => {
      const { codeHash } = await granted();
      expect(await store.consumeCode(redemptionOf(codeHash, { now: NOW + 60 }))).toBeUndefined();
    });
  });

  describe('a grant', () => {
    it('remembers which scopes were refused, and one of an earlier release remembers none', async () => {
      const { grant: earlier, session, person } = await granted();
      expect(earlier.details.refusedScope).toBeUndefined();
      const details = { ...earlier.details, refusedScope: ['email', 'calendar.read'] };
      const grant = { ...grantOf(person.sub, session.sid), details };
      await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
      expect((await store.findActiveGrant(grant.id, NOW))?.grant).toEqual(grant);
      expect((await store.findActiveGrant(earlier.id, NOW))?.grant).toEqual(earlier);
    });
  });

  describe('a grant stands', () => {
    it('while its session lives', async () => {
      const { grant, person, session } = await granted();
      const { sub, username, roles, claims, updatedAt } = person;
      expect(await store.findActiveGrant(grant.id, NOW)).toEqual({
        grant,
        person: { sub, username, roles, claims, updatedAt },
      });
      await store.endSession(session.sid);
      expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
    });

    it('beyond its session when it is offline', async () => {
      const { grant, session } = await granted(true);
      await store.endSession(session.sid);
      expect(await store.findActiveGrant(grant.id, NOW)).toBeDefined();
    });

    it('K-07 no longer when it is revoked, expired or its person disabled', async () => {
      const [revoked, expired, disabled] = [await granted(), await granted(), await granted()];
      expect(await store.revokeGrant(revoked.grant.id, NOW)).toBe(true);
      expect(await store.revokeGrant(revoked.grant.id, NOW)).toBe(false);
      await store.setDisabled(disabled.person.username, true, NOW);
      expect(await store.findActiveGrant(revoked.grant.id, NOW)).toBeUndefined();
      expect(await store.findActiveGrant(expired.grant.id, expired.grant.expiresAt)).toBeUndefined();
      expect(await store.findActiveGrant(disabled.grant.id, NOW)).toBeUndefined();
    });
  });

  describe('refresh tokens', () => {
    it('K-03 of 10 parallel rotations exactly one wins, and its answer is what the others find', async () => {
      const { codeHash } = await granted();
      const familyHash = unique('family');
      await store.consumeCode(redemptionOf(codeHash, { familyHash, tokenHash: 'first' }));
      const rotations = Array.from({ length: 10 }, (_, index) =>
        rotationOf(familyHash, 'first', `second-${index}`),
      );
      const won = await Promise.all(rotations.map((rotation) => store.rotateRefreshToken(rotation)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const family = await store.findRefreshTokenFamily(familyHash, NOW);
      expect(family).toMatchObject({ previousHash: 'first', rotatedAt: NOW, replayResponse: 'sealed' });
      expect(family?.currentHash).toBe(`second-${won.indexOf(true)}`);
    });

    it('can no longer rotate when the grant is revoked', async () => {
      const { codeHash, grant } = await granted();
      const familyHash = unique('family');
      await store.consumeCode(redemptionOf(codeHash, { familyHash, tokenHash: 'first' }));
      await store.revokeGrant(grant.id, NOW);
      expect(await store.rotateRefreshToken(rotationOf(familyHash, 'first', 'second'))).toBe(false);
      expect(await store.findRefreshTokenFamily(familyHash, NOW)).toBeUndefined();
    });
  });

  describe('signing keys', () => {
    it('G12 step up and down together, and only for whoever rotates first', async () => {
      const alg = unique('alg');
      const [current, next] = [keyOf(alg, 'current'), keyOf(alg, 'next')];
      expect(await store.addFirstKeys([current, next])).toBe(true);
      expect(await store.addFirstKeys([keyOf(alg, 'current')])).toBe(false);
      const newKey = { kid: unique('new'), privateJwk: { kty: 'EC' } };
      const rotation = {
        alg,
        nextKid: next.kid,
        newKey,
        now: NOW + 1,
        activatedAt: NOW + 1,
        publishedUntil: NOW + 600,
      };
      expect(await store.rotateSigningKey(rotation)).toBe(true);
      expect(await store.rotateSigningKey({ ...rotation, newKey: { ...newKey, kid: unique('late') } })).toBe(
        false,
      );
      const states = async (now: number) =>
        (await store.listSigningKeys(now))
          .filter((one) => one.alg === alg)
          .map(({ kid, state }) => [kid, state]);
      expect(Object.fromEntries(await states(NOW + 2))).toEqual({
        [current.kid]: 'retired',
        [next.kid]: 'current',
        [newKey.kid]: 'next',
      });
      expect((await states(NOW + 600)).length).toBe(2);
    });
  });

  it('sweeping takes only what has expired', async () => {
    const { grant, session } = await granted();
    await store.sweep(NOW);
    expect(await store.findActiveGrant(grant.id, NOW)).toBeDefined();
    expect(await store.findSession(session.sid, NOW)).toBeDefined();
  });
}
