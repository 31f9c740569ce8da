import { beforeAll, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { grantOf, interactionOf, NOW, personOf, redemptionOf, sessionOf, unique } from './store-samples.ts';

/** What every engine must do when all sessions and grants are to end. */
export function describeEndOfEverything(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  it('ending everything takes sessions, codes, refresh tokens and waiting requests, and keeps consents', async () => {
    const [person, cookie, codeHash, familyHash] = [
      personOf(),
      unique('cookie'),
      unique('code'),
      unique('family'),
    ];
    const session = sessionOf(person.sub);
    const [used, unused] = [grantOf(person.sub, session.id), grantOf(person.sub, session.id)];
    const interaction = interactionOf();
    const consent = {
      sub: person.sub,
      clientId: 'shop',
      asked: ['email'],
      allowed: ['email'],
      updatedAt: NOW,
    };
    await store.addPerson(person, NOW);
    await store.openSession(session, cookie, person.passwordHash);
    await store.openGrant({ ...used, offline: true }, { hash: codeHash, expiresAt: NOW + 60 }, NOW);
    await store.consumeCode(redemptionOf(codeHash, { familyHash, tokenHash: 'first' }));
    const unusedHash = unique('code');
    await store.openGrant(unused, { hash: unusedHash, expiresAt: NOW + 60 }, NOW);
    await store.addInteraction(interaction);
    await store.saveConsent(consent);

    const ended = await store.endEverything(NOW);
    expect(Object.values(ended).every((number) => number > 0)).toBe(true);
    expect(await store.endEverything(NOW)).toEqual({ sessions: 0, grants: 0, interactions: 0 });
    expect(await store.findSessionByCookie(cookie, NOW)).toBeUndefined();
    expect(await store.findActiveGrant(used.id, NOW)).toBeUndefined();
    expect(await store.findRefreshTokenFamily(familyHash, NOW)).toBeUndefined();
    expect(await store.consumeCode(redemptionOf(unusedHash))).toBeUndefined();
    expect(await store.findInteraction(interaction.id, NOW)).toBeUndefined();
    expect(await store.findConsent(person.sub, 'shop')).toEqual(consent);
    expect(await store.findPersonBySub(person.sub)).toBeDefined();
  });
}
