import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISSUER } from '../../../test/registrations.ts';
import { registrationRequest } from '../../../test/strangers.ts';
import { openTestProvider, type TestProvider } from '../../../test/test-provider.ts';
import { sha256 } from '../../foundation/secrets.ts';

describe('an initial access token of the command line', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const add = async (token: string, usesLeft = 1) => {
    const createdAt = idp.provider.clock();
    const tokenHash = sha256(token);
    const one = { id: `id-of-${token}`, tokenHash, usesLeft, createdAt, expiresAt: createdAt + 60 };
    await idp.provider.store.addInitialAccessToken(one);
    return one;
  };
  const statusOf = async (token: string, members: object = {}) =>
    (await idp.fetch(registrationRequest(members, token))).status;

  it('is good for so many clients, and its id is told beside each', async () => {
    const { id } = await add('two-uses', 2);
    const statuses = [await statusOf('two-uses'), await statusOf('two-uses'), await statusOf('two-uses')];
    expect(statuses).toEqual([201, 201, 401]);
    const told = idp.events.filter(({ type }) => type === 'client.registered');
    expect(told).toEqual([
      { type: 'client.registered', clientId: expect.any(String), initialTokenId: id },
      { type: 'client.registered', clientId: expect.any(String), initialTokenId: id },
    ]);
    expect(idp.events.at(-1)).toEqual({
      type: 'client.rejected',
      clientId: undefined,
      reason: 'initial access token',
    });
  });

  it('of ten registrations at once registers as many clients as it has uses', async () => {
    await add('three-uses', 3);
    const statuses = await Promise.all(Array.from({ length: 10 }, () => statusOf('three-uses')));
    const counts = [201, 401].map((status) => statuses.filter((one) => one === status).length);
    expect(counts).toEqual([3, 7]);
  });

  it('is not used up by metadata that are refused', async () => {
    await add('a-mistake');
    expect(await statusOf('a-mistake', { redirect_uris: ['x'] })).toBe(400);
    expect(await statusOf('a-mistake')).toBe(201);
  });

  it('ends with its time, and when it is removed', async () => {
    const { id } = await add('removed');
    await idp.provider.store.removeInitialAccessToken(id);
    expect(await statusOf('removed')).toBe(401);
    await add('too-late');
    idp.advanceClock(60);
    expect(await statusOf('too-late')).toBe(401);
  });

  it('registers nobody where there is none, although the endpoint is there for when there is one', async () => {
    const request = new Request(`${ISSUER}/register`, { method: 'POST', body: '{}' });
    expect((await idp.fetch(request)).status).toBe(401);
    const metadata = await idp.fetch(new Request(`${ISSUER}/.well-known/openid-configuration`));
    expect(await metadata.json()).toMatchObject({ registration_endpoint: `${ISSUER}/register` });
  });
});
