import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ISSUER } from '../../../test/registrations.ts';
import { errorOf, openTestProvider, type TestProvider } from '../../../test/test-provider.ts';
import { sha256 } from '../../foundation/secrets.ts';
import { parseClients } from '../../clients/clients-file.ts';

const OVERLAP = 60;

const BOTH_WAYS = (answer: string) => [answer, answer];
const introspection = (init: RequestInit) => new Request(`${ISSUER}/introspect`, { method: 'POST', ...init });

describe('P-23 after a rotation of its secret a client', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  /** A stored client with two secrets, one of which was just replaced. */
  async function rotated(clientId: string, overlapUntil?: number): Promise<void> {
    const { store, clients, clock } = idp.provider;
    const registration = { grant_types: ['client_credentials'], resources: ['https://shop.example/api'] };
    await store.addClient({ clientId, registration, secretHash: sha256('the-secret-before') }, clock());
    await store.replaceClientSecret(
      { clientId, secretHash: sha256('the-new-secret'), overlapUntil },
      clock(),
    );
    await clients.reload();
  }

  /** Introspection wants a proof and nothing else, in the header or in the form. */
  async function answersTo(client_id: string, client_secret: string): Promise<string[]> {
    const headers = {
      authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
    };
    const forms = [
      { headers, body: new URLSearchParams({ token: 'x' }) },
      { body: new URLSearchParams({ client_id, client_secret, token: 'x' }) },
    ];
    return Promise.all(forms.map((init) => errorOf(idp.fetch(introspection(init)))));
  }

  it('may use either until the overlap ends, and then the new one only', async () => {
    await rotated('overlapping', idp.provider.clock() + OVERLAP);
    for (const secret of ['the-secret-before', 'the-new-secret'])
      expect(await answersTo('overlapping', secret)).toEqual(BOTH_WAYS('200 none'));
    idp.advanceClock(OVERLAP - 1);
    expect(await answersTo('overlapping', 'the-secret-before')).toEqual(BOTH_WAYS('200 none'));
    idp.advanceClock(1);
    expect(await answersTo('overlapping', 'the-secret-before')).toEqual(BOTH_WAYS('401 invalid_client'));
    expect(await answersTo('overlapping', 'the-new-secret')).toEqual(BOTH_WAYS('200 none'));
  });

  it('may use the new one only, where the old one is not to count any more', async () => {
    await rotated('at-once');
    expect(await answersTo('at-once', 'the-secret-before')).toEqual(BOTH_WAYS('401 invalid_client'));
    expect(await answersTo('at-once', 'the-new-secret')).toEqual(BOTH_WAYS('200 none'));
  });

  it('may use no other, and no empty one', async () => {
    await rotated('no-other', idp.provider.clock() + OVERLAP);
    for (const secret of ['', 'the-secret-befor', sha256('the-secret-before'), 'undefined'])
      expect(await answersTo('no-other', secret)).toEqual(BOTH_WAYS('401 invalid_client'));
  });

  it('may use either of CLIENTS_FILE while both stand there', () => {
    const [client] = parseClients([
      {
        client_id: 'filed',
        client_secret: 'the-new-secret-of-the-file',
        previous_client_secret: 'the-secret-before-in-the-file',
        redirect_uris: ['https://filed.example/cb'],
      },
    ]);
    expect(client).toMatchObject({
      secretHash: sha256('the-new-secret-of-the-file'),
      previousSecret: { hash: sha256('the-secret-before-in-the-file'), acceptedUntil: undefined },
    });
  });
});
