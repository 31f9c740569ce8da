import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import { expect } from '../../fixtures/test.ts';
import type { GenericClient } from '../../support/generic-client.ts';

const bound = z.object({ cnf: z.object({ jkt: z.string() }) });

/** A refresh with a proof by this algorithm, made with jose alone, and once more with the nonce that is asked for (RFC 9449). */
export async function bindsTokens(client: GenericClient, alg: string): Promise<void> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const jwk = await exportJWK(publicKey);
  const prove = (nonce?: string) =>
    new SignJWT({
      htm: 'POST',
      htu: `${client.stack.origins.idp}/token`,
      ...(nonce !== undefined && { nonce }),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg, jwk })
      .setJti(randomUUID())
      .setIssuedAt()
      .sign(privateKey);
  const { refreshToken } = await client.login();
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const ask = async (nonce?: string) =>
    client.post('token_endpoint', form, 'trusted', { dpop: await prove(nonce) });
  const first = await ask();
  expect(first.body['error']).toBe('use_dpop_nonce');
  const { status, body } = await ask(first.headers.get('dpop-nonce') ?? '');
  expect([status, body['token_type']]).toEqual([200, 'DPoP']);
  const { cnf } = bound.parse(decodeJwt(z.string().parse(body['access_token'])));
  expect(cnf.jkt).toBe(await calculateJwkThumbprint(jwk));
}
