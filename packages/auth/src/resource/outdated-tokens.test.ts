import { describe, expect, it } from 'vitest';
import { createMemoryRevocations } from '../session/index.ts';
import { createTestClock, createTestIssuer } from '../testing/index.ts';
import { createResourceServer } from './index.ts';

const clock = createTestClock();

async function openApi() {
  const revocations = createMemoryRevocations(clock);
  const issuer = await createTestIssuer({ clock });
  const api = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    fetch: issuer.fetch,
    clock,
    revocations,
  });
  const read = api.guard(() => new Response('yours'));
  const call = async (token: string) =>
    read(new Request(issuer.audience, { headers: { authorization: `Bearer ${token}` } }));
  const change = (changed: Partial<{ issuer: string; sub: string; at: number }> = {}) =>
    revocations.changePermissions?.({
      issuer: issuer.issuer,
      sub: 'person-ada',
      at: clock(),
      until: clock() + 900,
      ...changed,
    });
  return { issuer, call, change };
}

describe('N-03 a bearer token of a person whose permissions have changed', () => {
  it.each([
    ['issued before the change', () => ({ iat: clock() - 60 }), {}, 401],
    ['issued in the second of the change', () => ({ iat: clock() }), {}, 401],
    ['issued in that second, with a fraction', () => ({ iat: clock() + 0.9 }), {}, 401],
    ['issued in the second after it', () => ({ iat: clock() + 1 }), {}, 200],
    ['that names no session', () => ({ iat: clock() - 60, sid: undefined }), {}, 401],
    ['of another client, to which it was issued', () => ({ iat: clock() - 60, client_id: 'other' }), {}, 401],
    ['when it is another person', () => ({ iat: clock() - 60 }), { sub: 'person-ben' }, 200],
    [
      'when it is a person of another issuer',
      () => ({ iat: clock() - 60 }),
      { issuer: 'https://x.example' },
      200,
    ],
  ] as const)('%s: %#', async (_what, claims, changed, status) => {
    const { issuer, call, change } = await openApi();
    const token = await issuer.accessToken(claims());
    expect((await call(token)).status).toBe(200);
    await change(changed);
    // Also one that was verified a moment ago and is remembered.
    expect((await call(token)).status).toBe(status);
  });

  it('is answered invalid_token, and told how to go on', async () => {
    const { issuer, call, change } = await openApi();
    const token = await issuer.accessToken();
    await change();
    const response = await call(token);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await response.text()).toMatch(/get a new one.*token_outdated/);
  });
});
