import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizePath,
  codeForm,
  type TestProvider,
  openTestProvider,
  signIn,
} from '../../test/test-provider.ts';
import { people } from '../../test/registrations.ts';
import { siteTokens } from '../../test/site-tokens.ts';
import { userinfo } from '../../test/token-requests.ts';

const [ada] = people;
const profile = {
  name: 'Ada Lovelace',
  given_name: 'Ada',
  preferred_username: 'ada',
  updated_at: expect.any(Number),
};
const email = { email: 'ada@example.com', email_verified: true };
const address = { address: ada?.address };
const phone = { phone_number: ada?.phone_number, phone_number_verified: false };

/** What an ID token says besides the person's claims. */
const PROTOCOL_CLAIMS = [
  'iss',
  'sub',
  'aud',
  'iat',
  'exp',
  'auth_time',
  'acr',
  'amr',
  'sid',
  'at_hash',
  'nonce',
];

describe('what a client learns of a person', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  async function learned(scope: string, claims?: object, clientId = 'shop') {
    const change = { scope, ...(claims && { claims: JSON.stringify(claims) }) };
    const tokens = await siteTokens(idp, clientId, change);
    const idToken = Object.entries(decodeJwt(tokens.id_token));
    return {
      userinfo: await (await userinfo(idp, tokens.access_token)).json(),
      idToken: Object.fromEntries(idToken.filter(([name]) => !PROTOCOL_CLAIMS.includes(name))),
    };
  }

  it.each([
    ['openid', {}],
    ['openid profile', profile],
    ['openid email', email],
    ['openid address', address],
    ['openid phone', phone],
    ['openid profile email address phone', { ...profile, ...email, ...address, ...phone }],
    ['P-27 openid made_up', {}],
  ])('by the scope %s', async (scope, claims) => {
    const answer = await learned(scope.replace(/^P-27 /, ''));
    expect(answer.userinfo).toEqual({ sub: 'sub-ada', ...claims });
    expect(answer.idToken).toEqual(claims);
  });

  it.each([
    ['null', { userinfo: { email: null } }, { email: 'ada@example.com' }, {}],
    ['essential', { userinfo: { name: { essential: true } } }, { name: 'Ada Lovelace' }, {}],
    ['for the ID token only', { id_token: { phone_number: null } }, {}, { phone_number: ada?.phone_number }],
    ['for both', { userinfo: { address: null }, id_token: { address: null } }, address, address],
    ['with another value', { userinfo: { email: { value: 'x@example.com' } } }, { email: ada?.email }, {}],
    ['for a claim nobody entered', { userinfo: { website: { essential: true } } }, {}, {}],
    ['for a claim that is none of OIDC', { userinfo: { shoe_size: null, username: null } }, {}, {}],
    ['X-15 for __proto__', { userinfo: { ['__proto__']: null, constructor: null } }, {}, {}],
    ['of no member we know', { verified_claims: { email: null } }, {}, {}],
    [
      'for what the ID token says anyway',
      { id_token: { auth_time: { essential: true }, acr: null } },
      {},
      {},
    ],
  ])('by the claims parameter, %s', async (_what, claims, fromUserinfo, fromIdToken) => {
    expect(await learned('openid', claims)).toEqual({
      userinfo: { sub: 'sub-ada', ...fromUserinfo },
      idToken: fromIdToken,
    });
  });

  it('by the claims parameter no more than its registration allows', async () => {
    const claims = { userinfo: { email: null, phone_number: null }, id_token: { name: null } };
    expect(await learned('openid', claims, 'narrow')).toEqual({
      userinfo: { sub: 'sub-ada', email: 'ada@example.com' },
      idToken: {},
    });
  });

  it('by a claim of its request, after a refresh still', async () => {
    const path = authorizePath({ scope: 'openid', claims: '{"userinfo":{"email":null}}' });
    const form = codeForm(await signIn(idp.browser(), path));
    const first = await (await idp.token(form)).json();
    const again = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
    const second = await (await idp.token(again)).json();
    expect(await (await userinfo(idp, second.access_token)).json()).toHaveProperty('email');
  });
});
