import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestProvider, type TestProvider } from '../../../test/test-provider.ts';
import { ISSUER } from '../../../test/registrations.ts';

const SERVER = '192.0.2.1';
const STRANGER = '203.0.113.7';
const TRIES = 20;
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const RIGHT = 'shop:shop-secret-0123456789';

async function exhaust(send: (index: number) => Promise<Response>): Promise<Response> {
  for (let index = 0; index < TRIES; index += 1) expect((await send(index)).status).toBe(401);
  return send(TRIES);
}

describe('P-23 guesses at a client secret', () => {
  let idp: TestProvider;
  beforeEach(async () => {
    idp = await openTestProvider();
  });
  afterEach(() => idp[Symbol.asyncDispose]());

  const ask = (
    path: string,
    headers: Record<string, string>,
    form: Record<string, string> = {},
    peer = STRANGER,
  ) =>
    idp.fetch(
      new Request(ISSUER + path, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ grant_type: 'client_credentials', token: 'none', ...form }),
      }),
      peer,
    );
  const askInHeader = (text: string, path = '/token', peer = STRANGER) =>
    ask(path, { authorization: basic(text) }, {}, peer);
  const work = () => askInHeader(RIGHT, '/token', SERVER);

  /** What is said to one wrong secret after the other. */
  async function answersTo(clientId: string, peer: string) {
    const answers = [];
    for (let index = 0; index < TRIES + 2; index += 1) {
      const answer = await askInHeader(`${clientId}:wrong`, '/token', peer);
      answers.push([answer.status, answer.headers.get('retry-after'), await answer.text()]);
    }
    return answers;
  }

  it.each(['/token', '/par', '/introspect', '/revoke'])(
    'end in 429 at %s, for the right secret too',
    async (path) => {
      const refused = await exhaust(() => ask(path, { authorization: basic('shop:wrong') }));
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '300']);
      expect(await refused.json()).toMatchObject({ error: 'invalid_client' });
      expect(refused.headers.get('cache-control')).toBe('no-store');
      expect((await ask(path, { authorization: basic(RIGHT) })).status).toBe(429);
      expect((await ask(path, { authorization: basic(RIGHT) }, {}, SERVER)).status).not.toBe(429);
      idp.advanceClock(300);
      expect((await ask(path, { authorization: basic(RIGHT) })).status).not.toBe(429);
    },
  );

  it('add up over the endpoints and the ways of sending a secret', async () => {
    const authorization = basic('shop:wrong');
    const refused = await exhaust((index) => {
      if (index % 4 === 0) return ask('/revoke', {}, { client_id: 'shop', client_secret: 'wrong' });
      if (index % 4 === 1) return ask('/introspect', { authorization }, { client_secret: 'wrong' });
      if (index % 4 === 2) return ask('/par', { authorization }, { client_assertion: 'a.b.c' });
      return ask('/token', { authorization });
    });
    expect(refused.status).toBe(429);
  });

  it('at a client that is not there get the same answers, byte for byte', async () => {
    expect(await answersTo('nobody', '203.0.113.8')).toEqual(await answersTo('shop', '203.0.113.9'));
  });

  it('from elsewhere, and from its own network at other clients, never shut out a client at work', async () => {
    expect((await work()).status).toBe(400);
    await exhaust(() => ask('/token', { authorization: basic('shop:wrong') }));
    for (let index = 0; index < 120; index += 1)
      await ask('/token', { authorization: basic(`other-${index}:wrong`) }, {}, SERVER);
    expect((await work()).status).toBe(400);
  });

  it('are seen by whoever watches, without the secret', async () => {
    await exhaust(() => ask('/token', { authorization: basic('shop:a-wrong-secret') }));
    expect(idp.events.at(-1)).toEqual({
      type: 'client.throttled',
      clientId: 'shop',
      budget: 'client-and-network',
      network: STRANGER,
      retryAfterSeconds: 300,
    });
    expect(JSON.stringify(idp.events)).not.toContain('a-wrong-secret');
  });

  it('don’t count where no secret was sent', async () => {
    for (let index = 0; index < 2 * TRIES; index += 1)
      expect((await ask('/token', {}, { client_id: 'shop' })).status).toBe(401);
    expect((await ask('/token', { authorization: basic(RIGHT) })).status).toBe(400);
  });
});
