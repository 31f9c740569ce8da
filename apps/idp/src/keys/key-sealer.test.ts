import { generateSigningJwk } from '@sso/auth/tokens';
import { CompactEncrypt, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { createKeySealer } from './key-sealer.ts';

const [OLD, NEW, OTHER] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2), Buffer.alloc(32, 3)];
const LOST = /is not among the KEY_ENCRYPTION_KEYS. Add it behind the first one; if it is lost, revoke/;
const BROKEN =
  /its seal is broken\. Restore the database from a backup, or revoke the key: pnpm idp keys revoke /;

describe('a sealed signing key', () => {
  let jwk: JWK;
  let [kid, sealed] = ['', ''];
  beforeAll(async () => {
    jwk = await generateSigningJwk('ES256');
    kid = jwk.kid ?? '';
    sealed = await createKeySealer([OLD]).seal(jwk);
  });

  it('G-05 shows nothing of the key and opens again', async () => {
    const parts = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    for (const secret of [jwk.d ?? '', 'crv', OLD.toString('latin1')])
      expect([sealed, ...parts].join(' ')).not.toContain(secret);
    expect(await createKeySealer([OLD]).open(kid, sealed)).toEqual(jwk);
  });

  it('is sealed by the first key, and opened by every key of the list', async () => {
    const ring = createKeySealer([NEW, OLD]);
    expect(await ring.open(kid, sealed)).toEqual(jwk);
    expect([ring.isNewest(sealed), createKeySealer([OLD, NEW]).isNewest(sealed)]).toEqual([false, true]);
    expect(await createKeySealer([NEW]).open(kid, await ring.seal(jwk))).toEqual(jwk);
  });

  const seal = (key: Uint8Array, header: Record<string, string>, content: object = jwk) =>
    new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'signing-key', ...header })
      .encrypt(key);
  const nameOfOld = () => JSON.parse(Buffer.from(sealed.split('.', 1)[0] ?? '', 'base64url').toString()).kid;

  it.each<readonly [string, () => string | Promise<string>, RegExp]>([
    ['by a key that is not in the list', () => createKeySealer([OTHER]).seal(jwk), LOST],
    ['by another key under a name of the list', () => seal(OTHER, { kid: nameOfOld() }), BROKEN],
    ['and altered', () => sealed.replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA')), BROKEN],
    ['and cut off', () => sealed.slice(0, -10), BROKEN],
    ['for something else', () => seal(OLD, { kid: nameOfOld(), typ: 'session' }), BROKEN],
    ['by another method', () => seal(OLD, { kid: nameOfOld(), enc: 'A128CBC-HS256' }), BROKEN],
    ['under another kid', () => createKeySealer([OLD]).seal({ ...jwk, kid: 'other' }), BROKEN],
    ['and replaced by a key in clear', () => JSON.stringify(jwk), LOST],
    ['and emptied', () => '', LOST],
  ])('%s is refused, and the message names the kid and quotes nothing', async (_what, text, message) => {
    const refusal = createKeySealer([OLD, NEW]).open(kid, await text());
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toThrow(`The signing key ${kid} can't be opened`);
    await expect(refusal).rejects.toThrow(expect.not.stringContaining(jwk.d ?? ''));
  });
});
