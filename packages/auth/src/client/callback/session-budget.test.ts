import { describe, expect, it } from 'vitest';
import { MAX_SEALED_SESSION } from '../../session/index.ts';
import { openTestSite } from '../../testing/index.ts';

const audience = 'https://shop.localhost/api';

/** Somebody with everything: long names, many claims, every permission. */
const longest = {
  sub: 'f'.repeat(64),
  permissions: {
    [audience]: Array.from({ length: 12 }, (_, index) => `shop:some-long-permission.name-${index}`),
  },
  claims: {
    name: 'Wolfeschlegelsteinhausenbergerdorff Featherstonehaugh-Cholmondeley the Third',
    preferred_username: 'wolfeschlegelsteinhausenbergerdorff',
    given_name: 'Wolfeschlegelsteinhausenbergerdorff',
    family_name: 'Featherstonehaugh-Cholmondeley the Third',
    email: `${'w'.repeat(64)}@featherstonehaugh-cholmondeley.example`,
    email_verified: true,
    picture: `https://pictures.example/${'a'.repeat(120)}.webp`,
    locale: 'en-GB',
    acr: 'urn:mace:incommon:iap:silver',
    amr: ['pwd', 'otp', 'mfa'],
  },
};

describe('pain 12: the session of the longest person', () => {
  it.each(['ES256', 'RS256'] as const)('fits its cookie with room to spare under %s', async (algorithm) => {
    const { browser } = await openTestSite(
      { audience, algorithms: [algorithm] },
      { audience, algorithm, issuer: 'https://identity.example' },
    );
    const response = await browser.signIn({ person: longest });
    expect(response.status).toBe(303);
    const size = browser.cookies.get('__Host-session')?.value.length ?? 0;
    expect(size).toBeGreaterThan(1500);
    expect(size).toBeLessThanOrEqual(MAX_SEALED_SESSION);
    for (const line of response.headers.getSetCookie()) expect(line.length).toBeLessThan(3800);
  });
});
