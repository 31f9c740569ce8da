import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorizePath, openTestProvider, type TestProvider, tokensFor } from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

/** Every standard claim that somebody can enter (OIDC Core §5.1). */
const everyClaim = {
  name: 'Ada Maria Lovelace',
  given_name: 'Ada',
  middle_name: 'Maria',
  family_name: 'Lovelace',
  nickname: 'Ada',
  profile: 'https://ada.example/',
  picture: 'https://ada.example/portrait.png',
  website: 'https://ada.example/notes',
  email: 'ada@example.com',
  email_verified: true,
  gender: 'female',
  birthdate: '1815-12-10',
  zoneinfo: 'Europe/London',
  locale: 'en-GB',
  phone_number: '+44 20 7946 0000',
  phone_number_verified: false,
  address: { formatted: '12 St James’s Square, London' },
};

describe('the claims that discovery promises', () => {
  let idp: TestProvider;
  beforeEach(async () => {
    idp = await openTestProvider();
  });
  afterEach(() => idp[Symbol.asyncDispose]());

  async function askAs(username: string, scope: string) {
    const { id_token, access_token } = await tokensFor(idp, authorizePath({ scope }), username);
    const headers = { authorization: `Bearer ${access_token}` };
    const response = await idp.fetch(new Request(`${ISSUER}/userinfo`, { headers }));
    const userinfo: Readonly<Record<string, unknown>> = await response.json();
    return { idToken: decodeJwt<Record<string, unknown>>(id_token), userinfo };
  }

  async function enterEveryClaim(username: string) {
    const { store, clock } = idp.provider;
    const person = await store.findPersonByUsername(username);
    if (!person) throw new Error('nobody');
    await store.removePerson(person.sub, clock());
    await store.addPerson({ ...person, claims: everyClaim }, clock());
  }

  it('are what a person with every claim is given, and nothing else', async () => {
    await enterEveryClaim('ada');
    const { idToken, userinfo } = await askAs('ada', 'openid profile email address phone');
    const given = new Set([...Object.keys(idToken), ...Object.keys(userinfo)]);
    const discovery = await idp.fetch(new Request(`${ISSUER}/.well-known/openid-configuration`));
    const promised: { claims_supported: string[] } = await discovery.json();
    expect([...given].toSorted()).toEqual(promised.claims_supported.toSorted());
  });

  it('hold updated_at: when the provider last changed the person, in ID token and userinfo', async () => {
    const { store, clock } = idp.provider;
    const addedAt = clock();
    idp.advanceClock(100);
    const before = await askAs('ben', 'openid profile');
    expect([before.idToken['updated_at'], before.userinfo['updated_at']]).toEqual([addedAt, addedAt]);
    await store.setRoles('ben', ['reader'], clock());
    const changedAt = clock();
    idp.advanceClock(100);
    const after = await askAs('ben', 'openid profile');
    expect([after.idToken['updated_at'], after.userinfo['updated_at']]).toEqual([changedAt, changedAt]);
  });

  it('tell nobody without the profile scope when a person was changed', async () => {
    const { idToken, userinfo } = await askAs('ben', 'openid email');
    expect([idToken, userinfo].map((claims) => Object.hasOwn(claims, 'updated_at'))).toEqual([false, false]);
  });
});
