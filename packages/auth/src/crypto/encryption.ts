import { engine } from './chosen-engine.ts';

/** An encrypted text, its parts in strict base64url. */
export interface EncryptedText {
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts a text by AES-256-GCM, with an IV of its own at each call.
 *
 * @param key 32 bytes
 * @param authenticated a text that opening has to name again, character by character
 */
export async function encryptText(
  key: Uint8Array,
  text: string,
  authenticated: string,
): Promise<EncryptedText> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await engine.encrypt(key, iv, new TextEncoder().encode(text), authenticated);
  return {
    iv: engine.toBase64url(iv),
    ciphertext: engine.toBase64url(sealed.ciphertext),
    tag: engine.toBase64url(sealed.tag),
  };
}

/** Opens what `encryptText` made. @throws Error when the key or a character of any part is another */
export async function decryptText(
  key: Uint8Array,
  encrypted: EncryptedText,
  authenticated: string,
): Promise<string> {
  const [iv, tag] = [engine.fromBase64url(encrypted.iv), engine.fromBase64url(encrypted.tag)];
  // A shorter tag is easier to guess (NIST SP 800-38D §5.2.1.2), and the IV has one length.
  if (iv.length !== IV_BYTES || tag.length !== TAG_BYTES)
    throw new TypeError('an IV of 12 and a tag of 16 bytes');
  const ciphertext = engine.fromBase64url(encrypted.ciphertext);
  return utf8.decode(await engine.decrypt(key, { iv, ciphertext, tag }, authenticated));
}

const utf8 = new TextDecoder();
