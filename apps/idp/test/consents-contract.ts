import { beforeAll, describe, expect, it } from 'vitest';
import type { Consent, Store } from '../src/store/index.ts';
import { grantOf, interactionOf, NOW, personOf, sessionOf, unique } from './store-samples.ts';

const consentOf = (sub: string, change: Partial<Consent> = {}): Consent => ({
  sub,
  clientId: unique('client'),
  asked: ['openid', 'email'],
  allowed: ['openid'],
  updatedAt: NOW,
  ...change,
});

/** A person's answer, and an offline grant that comes from it. */
async function consented(store: Store) {
  const person = personOf();
  const session = sessionOf(person.sub);
  await store.addPerson(person, NOW);
  await store.openSession(session, unique('cookie'), person.passwordHash);
  const consent = consentOf(person.sub);
  await store.saveConsent(consent);
  const { sub, clientId } = consent;
  const grant = { ...grantOf(sub, session.id), clientId, offline: true, byConsent: true };
  const code = { hash: unique('code'), expiresAt: NOW + 60 };
  const openGrant = () => store.openGrant(grant, code, NOW);
  const takeBack = () => store.revokeConsent(sub, clientId, NOW);
  const isActive = async () => (await store.findActiveGrant(grant.id, NOW)) !== undefined;
  return { openGrant, takeBack, isActive };
}

/** What every engine must do with answers to consent pages. */
export function describeConsents(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('consents', () => {
    it('come back as they went in, one for each person and client, the latest first', async () => {
      const sub = unique('sub');
      const first = consentOf(sub);
      const second = consentOf(sub, { updatedAt: NOW + 1 });
      await store.saveConsent(first);
      await store.saveConsent(second);
      expect(await store.listConsents(sub)).toEqual([second, first]);
      const changed = { ...first, allowed: ['openid', 'email'], updatedAt: NOW + 2 };
      await store.saveConsent(changed);
      expect(await store.findConsent(sub, first.clientId)).toEqual(changed);
      expect(await store.findConsent(unique('sub'), first.clientId)).toBeUndefined();
    });

    it('taken back end every grant of that client for that person, and nothing else', async () => {
      const person = personOf();
      const session = sessionOf(person.sub);
      await store.addPerson(person, NOW);
      await store.openSession(session, unique('cookie'), person.passwordHash);
      const consent = consentOf(person.sub);
      await store.saveConsent(consent);
      const grant = async (clientId: string, offline: boolean) => {
        const one = { ...grantOf(person.sub, session.id), clientId, offline };
        await store.openGrant(one, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
        return one.id;
      };
      const [theirs, away] = [await grant(consent.clientId, false), await grant(consent.clientId, true)];
      const others = await grant('shop', false);
      expect(await store.revokeConsent(person.sub, consent.clientId, NOW)).toBe(true);
      expect(await store.revokeConsent(person.sub, consent.clientId, NOW)).toBe(false);
      expect(await store.findConsent(person.sub, consent.clientId)).toBeUndefined();
      expect(await store.findActiveGrant(theirs, NOW)).toBeUndefined();
      expect(await store.findActiveGrant(away, NOW)).toBeUndefined();
      expect(await store.findActiveGrant(others, NOW)).toBeDefined();
    });

    describe('that a grant needs', () => {
      it('K-07 open it, and open none once they were taken back', async () => {
        const { openGrant, takeBack, isActive } = await consented(store);
        expect(await openGrant()).toBe(true);
        expect(await isActive()).toBe(true);
        await takeBack();
        expect(await openGrant()).toBe(false);
        expect(await isActive()).toBe(false);
        const later = await consented(store);
        await later.takeBack();
        expect(await later.openGrant()).toBe(false);
        expect(await later.isActive()).toBe(false);
      });

      it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
        'K-07 round %i: leave none when they are taken back at the same moment',
        async () => {
          const { openGrant, takeBack, isActive } = await consented(store);
          await Promise.all([openGrant(), takeBack()]);
          expect(await isActive()).toBe(false);
        },
      );
    });

    it('go with their person and with their client', async () => {
      const person = personOf();
      const clientId = unique('client');
      await store.addPerson(person, NOW);
      await store.addClient({ clientId, registration: {}, secretHash: undefined }, NOW);
      const [one, two] = [consentOf(person.sub, { clientId }), consentOf(person.sub)];
      await store.saveConsent(one);
      await store.saveConsent(two);
      await store.removeClient(clientId, NOW);
      expect(await store.listConsents(person.sub)).toEqual([two]);
      await store.removePerson(person.sub, NOW);
      expect(await store.listConsents(person.sub)).toEqual([]);
    });
  });

  it('an interaction remembers what was chosen and who consented', async () => {
    const interaction = interactionOf();
    await store.addInteraction(interaction);
    await store.recordAccountChoice(interaction.id, 'session-1');
    await store.recordConsent(interaction.id, 'sub-1');
    const found = await store.findInteraction(interaction.id, NOW);
    expect(found).toMatchObject({
      chosenSessionId: 'session-1',
      consentedSub: 'sub-1',
      sessionId: undefined,
    });
  });
}
