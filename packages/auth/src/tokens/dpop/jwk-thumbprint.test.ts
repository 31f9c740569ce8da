import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../testing/index.ts';
import { jwkThumbprint } from '../index.ts';

describe('jwkThumbprint', () => {
  it('of the key of RFC 7638 §3.1 is the one that stands there', async () => {
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
    const jwk = { kty: 'RSA', n, e: 'AQAB', alg: 'RS256', kid: '2011-04-29' };
    await expect(jwkThumbprint(jwk)).resolves.toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it('of the key of RFC 9449 §4.1 is the jkt of its §6.1', async () => {
    const x = 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs';
    const y = '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA';
    const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I';
    await expect(jwkThumbprint({ kty: 'EC', crv: 'P-256', x, y })).resolves.toBe(jkt);
  });

  it.each(['ES256', 'ES512', 'PS256', 'EdDSA'] as const)(
    'of a key of %s is that of another library',
    async (alg) => {
      const { publicJwk } = await createTestKey(alg);
      await expect(jwkThumbprint(publicJwk)).resolves.toBe(await calculateJwkThumbprint(publicJwk));
    },
  );

  it('is of no symmetric key', () => {
    expect(() => jwkThumbprint({ kty: 'oct', k: 'AA' })).toThrow(TypeError);
  });
});
