import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';

/** What node:crypto alone takes for it, by its quickest way: DER signatures, keys imported once, nothing parsed or checked. */
export function createRaw(privateJwk: JsonWebKey, sessionKey: Uint8Array) {
  const privateKey = createPrivateKey({ key: privateJwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const secretKey = createSecretKey(sessionKey);
  return {
    sign: (text: Buffer) => sign('sha256', text, privateKey),
    verify: (text: Buffer, signature: Buffer) => verify('sha256', text, publicKey, signature),
    seal(content: Buffer) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secretKey, iv);
      const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
      return { iv, ciphertext, tag: cipher.getAuthTag() };
    },
    open({ iv, ciphertext, tag }: RawSeal): string {
      const decipher = createDecipheriv('aes-256-gcm', secretKey, iv).setAuthTag(tag);
      return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
    },
  };
}

interface RawSeal {
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}
