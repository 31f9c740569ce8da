import { describe, expect, it } from 'vitest';
import type { AuthEvent } from '../foundation/index.ts';
import { createTestIssuer } from '../testing/index.ts';
import { createResourceServer } from './index.ts';
import { createVerifiedTokens } from './verified-tokens.ts';
import { toAccessToken } from './access-token.ts';

async function setUp() {
  const issuer = await createTestIssuer();
  const remembered: boolean[] = [];
  let fetched = 0;
  const observe = (event: AuthEvent) => {
    if (event.type === 'keys.fetched') fetched += 1;
    if (event.type === 'bearer.accepted') remembered.push(event.remembered);
  };
  const { audience, fetch, clock } = issuer;
  const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock, observe });
  const send = (token: string) =>
    api.authenticate(new Request('https://api.example', { headers: { authorization: `Bearer ${token}` } }));
  await send(await issuer.accessToken());
  remembered.length = 0;
  const untilFetched = () => expect.poll(() => fetched).toBe(issuer.requests('jwks').length);
  return { issuer, send, remembered, untilFetched };
}

describe('a token that was verified a moment ago', () => {
  it('is not verified again for a minute', async () => {
    const { issuer, send, remembered } = await setUp();
    const token = await issuer.accessToken();
    const first = await send(token);
    issuer.clock.advance(59);
    expect(await send(token)).toBe(first);
    issuer.clock.advance(1);
    await send(token);
    expect(remembered).toEqual([false, true, false]);
  });

  it('T-20 ends at its own end all the same', async () => {
    const { issuer, send } = await setUp();
    const token = await issuer.accessToken({ exp: issuer.clock() + 10 });
    await send(token);
    issuer.clock.advance(45);
    await expect(send(token)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('is verified again when the issuer’s keys changed, and refused when its key is gone', async () => {
    const { issuer, send, remembered } = await setUp();
    const old = await issuer.accessToken();
    await send(old);
    await issuer.keys.rotate({ forgetOld: true });
    await send(await issuer.accessToken());
    await expect(send(old)).rejects.toMatchObject({ code: 'token_key_unknown' });
    expect(remembered).toEqual([false, false]);
  });

  it.each([
    ['every second', Array.from({ length: 130 }, (_, second) => second)],
    ['each time as late as it is remembered', [59, 118, 119, 125, 130]],
    ['just before requests begin to wait for keys', [119, 125, 130]],
    ['after a long silence', [300]],
  ])(
    'T-39 is refused two minutes and one fetch after its key was revoked, also where it comes %s',
    async (_what, seconds) => {
      const { issuer, send, untilFetched } = await setUp();
      const stolen = await issuer.accessToken();
      await issuer.keys.rotate({ forgetOld: true });
      const accepted: number[] = [];
      const start = issuer.clock();
      for (const second of seconds) {
        issuer.clock.advance(start + second - issuer.clock());
        const isAccepted = await send(stolen).catch(() => undefined);
        if (isAccepted) accepted.push(second);
        await untilFetched();
      }
      expect(accepted.filter((second) => second >= 125)).toEqual([]);
    },
  );

  it('F-06 is verified again after the clock jumped back', async () => {
    const { issuer, send, remembered } = await setUp();
    const token = await issuer.accessToken();
    await send(token);
    issuer.clock.advance(-20);
    await send(token);
    expect(remembered).toEqual([false, false]);
  });

  it('T-35 says nothing about one that differs in its last character', async () => {
    const { issuer, send } = await setUp();
    const token = await issuer.accessToken();
    await send(token);
    const changed = token.slice(0, -4) + (token.at(-4) === 'A' ? 'B' : 'A') + token.slice(-3);
    await expect(send(changed)).rejects.toMatchObject({ code: 'token_signature' });
  });

  it('F-14 leaves when a thousand others came after it', () => {
    const tokens = createVerifiedTokens(() => 0);
    const claims = { iss: 'i', sub: 's', aud: 'a', exp: 99, iat: 0, jti: 'j', client_id: 'c' };
    const verified = toAccessToken(claims, 'a', 'permissions');
    for (let n = 0; n <= 1000; n++) {
      tokens.add(`token ${n}`, verified, 0);
      tokens.find('token 0', 0);
    }
    expect(tokens.find('token 0', 0)).toBe(verified);
    expect(tokens.find('token 1', 0)).toBeUndefined();
    expect(tokens.find('token 2', 0)).toBe(verified);
  });
});
