import { beforeEach, describe, expect, it } from 'vitest';
import { createResourceServer } from '../../resource/index.ts';
import { createTestIssuer, createTestKey, openTestSite, type TestIssuer } from '../index.ts';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await createTestIssuer();
});

const kids = () => issuer.keys.jwks().keys.map(({ kid }) => kid);

describe('a test key ring', () => {
  it('published signs nothing; signed with it is published', async () => {
    const [first, second] = [issuer.keys.signer(), await createTestKey('RS256')];
    issuer.keys.publish(second);
    expect(issuer.keys.signer()).toBe(first);
    issuer.keys.signWith(second);
    issuer.keys.signWith(first);
    expect(issuer.keys.signer()).toBe(first);
    expect(kids()).toEqual([first.kid, second.kid]);
  });

  it('rotates to another algorithm, which discovery names', async () => {
    await issuer.keys.rotate({ algorithm: 'EdDSA' });
    const { browser } = await openTestSite({
      issuer: issuer.issuer,
      fetch: issuer.fetch,
      algorithms: ['EdDSA'],
    });
    expect(issuer.keys.signer().alg).toBe('EdDSA');
    const document = await (await issuer.fetch(`${issuer.issuer}/.well-known/openid-configuration`)).json();
    expect(document.id_token_signing_alg_values_supported).toEqual(['EdDSA']);
    expect(new URL(await browser.startLogin()).origin).toBe(issuer.issuer);
  });

  it('goes on signing with a key that was withdrawn', async () => {
    const { kid } = issuer.keys.signer();
    issuer.keys.withdraw(kid);
    expect(kids()).toEqual([]);
    expect(issuer.keys.signer().kid).toBe(kid);
  });

  it('tells an API at once that a key is gone', async () => {
    const { verificationKeys: keys } = issuer.keys;
    const api = createResourceServer({
      issuer: issuer.issuer,
      audience: issuer.audience,
      keys,
      clock: issuer.clock,
    });
    const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken()}` });
    await expect(api.authenticate(new Request('https://api.example', { headers }))).resolves.toMatchObject({
      sub: 'person-ada',
    });
    issuer.keys.withdraw(issuer.keys.signer().kid);
    await expect(api.authenticate(new Request('https://api.example', { headers }))).rejects.toMatchObject({
      code: 'token_key_unknown',
    });
  });
});
