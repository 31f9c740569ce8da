import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { grantOf, NOW, openedGrant, unique, sweepAway } from './store-samples.ts';

const newSid = () => unique('sid');

type Opened = Awaited<ReturnType<typeof openedGrant>>;

const reachOf = ({ grant, session }: Opened, audienceClientId?: string) => ({
  sessionId: session.id,
  grantId: grant.id,
  clientId: grant.clientId,
  audienceClientId,
});

/** Another grant in the same session. */
async function newGrant(store: Store, { person, session }: Opened, clientId: string) {
  const grant = { ...grantOf(person.sub, session.id), clientId };
  await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
  return grant;
}

/** A session, and a grant in it that comes from consent. */
async function consented(store: Store, clientId: string) {
  const opened = await openedGrant(store);
  const answer = { asked: ['openid'], allowed: ['openid'], updatedAt: NOW };
  await store.saveConsent({ sub: opened.person.sub, clientId, ...answer });
  return { ...opened, grant: await newGrant(store, opened, clientId) };
}

/** What every engine must do with the clients that a sign-on session reaches. */
export function describeSessionClients(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  const reach = (opened: Opened, audienceClientId?: string, now = NOW) =>
    store.reachClients(reachOf(opened, audienceClientId), newSid, now);
  const sidOf = ({ session }: Opened, clientId = 'shop') => store.findClientSid(session.id, clientId, NOW);

  describe('a client that a session reaches', () => {
    it('has a sid of its own there, the same for as long as the session lasts', async () => {
      const opened = await openedGrant(store);
      expect(await sidOf(opened)).toBeUndefined();
      const first = await reach(opened, 'blog');
      const [ofClient, ofAudience] = [await sidOf(opened), await sidOf(opened, 'blog')];
      expect(first).toEqual({
        ofClient,
        ofAudience,
        added: [
          { sessionId: opened.session.id, clientId: 'shop', sid: ofClient },
          { sessionId: opened.session.id, clientId: 'blog', sid: ofAudience },
        ],
      });
      expect(ofClient).not.toBe(ofAudience);
      expect(await reach(opened, 'blog')).toEqual({ ofClient, ofAudience, added: [] });
      expect(await reach(opened, 'shop')).toEqual({ ofClient, ofAudience: ofClient, added: [] });
      expect(await reach(opened)).toEqual({ ofClient, ofAudience: undefined, added: [] });
    });

    it('has another in another session of the same person', async () => {
      const [one, other] = [await openedGrant(store), await openedGrant(store)];
      expect((await reach(one))?.ofClient).not.toBe((await reach(other))?.ofClient);
    });

    it('has one, also of 10 tokens at once', async () => {
      const opened = await openedGrant(store);
      const all = await Promise.all(Array.from({ length: 10 }, () => reach(opened, 'blog')));
      expect(new Set(all.map((sids) => sids?.ofClient)).size).toBe(1);
      expect(new Set(all.map((sids) => sids?.ofAudience)).size).toBe(1);
      expect(all.flatMap((sids) => sids?.added ?? [])).toHaveLength(2);
    });

    it('keeps it when the session is renewed', async () => {
      const opened = await openedGrant(store);
      const before = await reach(opened);
      const { session, person } = opened;
      await store.renewSession({ ...session, expiresAt: NOW + 7200 }, unique('cookie'), person.passwordHash);
      const grant = { ...grantOf(person.sub, session.id), expiresAt: NOW + 7200 };
      await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 7200 }, NOW);
      const after = await reach({ ...opened, grant }, undefined, NOW + 5000);
      expect(after?.ofClient).toBe(before?.ofClient);
    });
  });

  const endings: readonly (readonly [string, (opened: Opened) => Promise<unknown>])[] = [
    [
      'its session has ended',
      ({ session }) => store.endSession(session.id, { ending: 'sign-out', now: NOW }),
    ],
    [
      'all of the person was ended',
      ({ person }) => store.revokeAllOfPerson(person.sub, { ending: 'passphrase-changed', now: NOW }),
    ],
    ['the person was removed', ({ person }) => store.removePerson(person.sub, NOW)],
    ['the session has expired and was swept', () => sweepAway(store, NOW + 3600)],
  ];

  describe.each(endings)('K-07 once %s', (_what, end) => {
    it('a client is neither known there nor reached any more', async () => {
      const opened = await openedGrant(store, true);
      await reach(opened);
      await end(opened);
      expect(await sidOf(opened)).toBeUndefined();
      expect(await reach(opened)).toBeUndefined();
      expect(await reach(opened, 'blog')).toBeUndefined();
    });
  });

  it('K-07 nobody is known, or reached, in a session that has expired and is still there', async () => {
    const opened = await openedGrant(store, true);
    await reach(opened);
    const { expiresAt } = opened.session;
    expect(await store.findClientSid(opened.session.id, 'shop', expiresAt)).toBeUndefined();
    expect(await reach(opened, undefined, expiresAt)).toBeUndefined();
  });

  it('sweeping leaves the clients of sessions that last', async () => {
    const opened = await openedGrant(store);
    const sids = await reach(opened);
    await sweepAway(store, NOW);
    expect(await sidOf(opened)).toBe(sids?.ofClient);
  });

  describe('the sid of a client is spent', () => {
    it('when consent is taken back: the next grant of the same session gets another, and others keep theirs', async () => {
      const opened = await consented(store, 'stranger');
      const before = await reach(opened, 'blog');
      await store.revokeConsent(opened.person.sub, 'stranger', NOW);
      expect(await sidOf(opened, 'stranger')).toBeUndefined();
      expect(await sidOf(opened, 'blog')).toBe(before?.ofAudience);
      expect(await reach(opened)).toBeUndefined();
      const grant = await newGrant(store, opened, 'stranger');
      const after = await reach({ ...opened, grant });
      expect(after?.ofClient).toBeDefined();
      expect(after?.ofClient).not.toBe(before?.ofClient);
    });

    it('for nobody else who consented to the same client', async () => {
      const [one, other] = [await consented(store, 'stranger'), await consented(store, 'stranger')];
      const kept = await reach(other);
      await reach(one);
      await store.revokeConsent(one.person.sub, 'stranger', NOW);
      expect(await sidOf(other, 'stranger')).toBe(kept?.ofClient);
    });

    it('when the client is removed', async () => {
      const clientId = unique('client');
      await store.addClient({ clientId, registration: {}, secretHash: undefined }, NOW);
      const opened = await consented(store, clientId);
      await reach(opened, 'blog');
      await store.removeClient(clientId, NOW);
      expect(await sidOf(opened, clientId)).toBeUndefined();
      expect(await sidOf(opened, 'blog')).toBeDefined();
    });

    it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
      'K-07 round %i: also by a token that was on its way when consent was taken back',
      async () => {
        const opened = await consented(store, 'stranger');
        await Promise.all([
          reach(opened),
          store.revokeConsent(opened.person.sub, 'stranger', NOW),
          reach(opened, 'blog'),
        ]);
        expect(await sidOf(opened, 'stranger')).toBeUndefined();
      },
    );
  });

  it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
    'K-07 round %i: a session that ends at the moment a token is issued leaves nobody reached',
    async () => {
      const opened = await openedGrant(store);
      await Promise.all([
        reach(opened, 'blog'),
        store.endSession(opened.session.id, { ending: 'sign-out', now: NOW }),
        reach(opened),
      ]);
      expect(await reach(opened)).toBeUndefined();
      // A row that stayed would show under the same id.
      await store.openSession(opened.session, unique('cookie'), opened.person.passwordHash);
      expect(await sidOf(opened)).toBeUndefined();
      expect(await sidOf(opened, 'blog')).toBeUndefined();
    },
  );
}
