import { createKeySealer } from '../src/keys/key-sealer.ts';

/** A key as `KEY_ENCRYPTION_KEYS` has it, the same for the same number. */
export const encryptionKey = (fill: number) => Buffer.alloc(32, fill).toString('base64url');

export const testSealer = createKeySealer([Buffer.alloc(32, 1)]);
