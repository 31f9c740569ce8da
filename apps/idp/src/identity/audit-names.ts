import { createHmac } from 'node:crypto';
import { randomId } from '../foundation/secrets.ts';
import type { ProviderSecretStore } from '../store/index.ts';
import { normalizeUsername } from './username.ts';

/**
 * What the audit calls an account that somebody tried to sign in to: the same for each try, and told apart from others, by
 * whoever reads the log and knows no username. People type passphrases where the username goes, so what they type is never
 * logged, nor a hash that could be found by trying words (ASVS 16.2.5).
 */
export type AuditNameOf = (username: string) => string;

/** Half of a SHA-256: 128 bits. */
const NAME_BYTES = 16;

/** @param store - holds the key, which all nodes share and which never leaves the provider. */
export async function openAuditNames(store: ProviderSecretStore): Promise<AuditNameOf> {
  const key = await store.findOrAddSecret('audit names', randomId(32));
  return (username) =>
    createHmac('sha256', key)
      .update(normalizeUsername(username))
      .digest()
      .subarray(0, NAME_BYTES)
      .toString('base64url');
}
