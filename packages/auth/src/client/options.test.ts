import { describe, expect, it } from 'vitest';
import { type AuthEvent, randomId } from '../foundation/index.ts';
import { createRelyingParty } from './index.ts';

const right = {
  issuer: 'https://id.example',
  clientId: 'shop',
  baseUrl: 'https://shop.example',
  sessionKeys: [randomId(32)],
};

describe('a relying party is refused at once', () => {
  it.each<[string, object, RegExp]>([
    ['a plain http issuer', { issuer: 'http://id.example' }, /issuer/],
    ['an issuer that is no address', { issuer: 'id.example' }, /issuer/],
    ['a plain http base URL', { baseUrl: 'http://shop.example' }, /baseUrl/],
    ['a base URL with credentials', { baseUrl: 'https://a:b@shop.example' }, /baseUrl/],
    ['a base URL with a query', { baseUrl: 'https://shop.example/?a=b' }, /baseUrl/],
    ['an empty client id', { clientId: '' }, /clientId/],
    ['an empty secret', { clientSecret: '' }, /clientSecret/],
    ['a scope without openid', { scope: 'profile email' }, /openid/],
    ['no session key', { sessionKeys: [] }, /sessionKeys/],
    ['a short session key', { sessionKeys: [randomId(16)] }, /sessionKeys\[0\]/],
    ['an internal address that is none', { internalIssuerUrl: 'idp:4100' }, /internalIssuerUrl/],
    ['no algorithm', { algorithms: [] }, /algorithms/],
    ['a symmetric algorithm', { algorithms: ['HS256'] }, /algorithms/],
    [
      'an audience that the contract lacks',
      { audience: 'x', access: { audiences: {}, roles: {} } },
      /contract/,
    ],
    ['a lifetime that is no number', { lifetimes: { idleSeconds: Number.NaN } }, /idleSeconds/],
    ['a trusted audience that is empty', { trustedAudiences: [''] }, /trustedAudiences/],
    ['two trusted audiences in one', { trustedAudiences: ['a b'] }, /trustedAudiences/],
    ['a lifetime with a fraction', { lifetimes: { touchSeconds: 0.5 } }, /touchSeconds/],
    ['sessions that are over at once', { lifetimes: { idleSeconds: 0 } }, /idleSeconds/],
    ['an error path without a slash', { errorPath: 'error' }, /errorPath/],
    ['a signed-out path at another site', { signedOutPath: '//evil.example' }, /signedOutPath/],
    ['a cookie prefix with a semicolon', { cookiePrefix: 'a;' }, /cookiePrefix/],
    ['shared refreshes without shared claims', { refreshes: {} }, /spent/],
    ['a secret beside a key', { clientSecret: 'a', clientKey: {} }, /clientKey/],
    ['a parameter that is ours', { authorizationParameters: { state: 'x' } }, /state/],
  ])('with %s', (_what, wrong, message) => {
    const create = () => createRelyingParty({ ...right, ...wrong });
    expect(create).toThrow(message);
    expect(create).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });

  it('and the message never repeats a secret', () => {
    const secret = 'not-a-key-but-a-secret';
    expect(() => createRelyingParty({ ...right, sessionKeys: [secret] })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});

it('plain http on loopback is accepted, with one warning and plain cookie names', () => {
  const events: AuthEvent[] = [];
  const observe = (event: AuthEvent) => void events.push(event);
  const site = createRelyingParty({
    ...right,
    issuer: 'http://127.0.0.1:1',
    baseUrl: 'http://localhost:3000',
    observe,
  });
  expect(site.cookieNames.session).toBe('session');
  expect(events).toEqual([expect.objectContaining({ type: 'config.warned' })]);
});
