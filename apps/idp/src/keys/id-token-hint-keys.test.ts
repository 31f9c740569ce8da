import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProvider, openTestProvider } from '../../test/test-provider.ts';
import { createIdTokenHintKeys } from './id-token-hint-keys.ts';

describe('keys for hints', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it('G-04 F-05 are the public halves of past keys too, for 30 days', async () => {
    const { keys, store, clock } = idp.provider;
    const { kid, alg } = keys.signingKey('ES256');
    await keys.rotate('ES256');
    idp.advanceClock(86_400);
    await store.sweep(clock());
    await keys.reload();
    const past = await store.listPastKeys(clock());
    expect(past.map((jwk) => jwk.kid)).toEqual([kid]);
    expect(Object.keys(past[0] ?? {})).not.toContain('d');
    await expect(keys.verificationKeys({ alg, kid })).rejects.toMatchObject({ code: 'token_key_unknown' });
    await expect(createIdTokenHintKeys(idp.provider)({ alg, kid })).resolves.toMatchObject({
      type: 'public',
    });
    idp.advanceClock(30 * 86_400);
    await store.sweep(clock());
    await expect(createIdTokenHintKeys(idp.provider)({ alg, kid })).rejects.toMatchObject({
      code: 'token_key_unknown',
    });
  });
});
