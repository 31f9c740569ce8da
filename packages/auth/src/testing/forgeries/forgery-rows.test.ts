import { describe, expect, it } from 'vitest';
import { verifyAccessToken } from '../../tokens/index.ts';
import { createTestIssuer, forgeryRows, alteredTokenRows } from '../index.ts';

describe.each(['RS256', 'PS256', 'EdDSA', 'ES384', 'ES512'] as const)(
  'at an issuer that signs by %s',
  async (algorithm) => {
    const issuer = await createTestIssuer({ algorithm });
    const verify = (token: string) =>
      verifyAccessToken(token, {
        issuer: issuer.issuer,
        audience: issuer.audience,
        algorithms: [algorithm],
        keys: issuer.keys.verificationKeys,
        clock: issuer.clock,
      });

    it('a right token is accepted', async () => {
      await expect(verify(await issuer.accessToken())).resolves.toHaveProperty('sub');
    });

    it.each(await forgeryRows(issuer))('is refused: %s', async (_what, forgery, code) => {
      await expect(verify(await issuer.forge('access', forgery))).rejects.toMatchObject({ code });
    });

    it.each(alteredTokenRows(issuer.keys.signer()))('is refused: %s', async (_what, mangle, code) => {
      const token = mangle(await issuer.accessToken(), await issuer.accessToken());
      await expect(verify(token)).rejects.toMatchObject({ code });
    });
  },
);
