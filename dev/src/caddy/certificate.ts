import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @throws Error when the file is missing or holds no certificate */
export function readCertificate(path: string): X509Certificate {
  return new X509Certificate(readFileSync(path));
}

/**
 * SHA-256 of a certificate's public key, base64: what Chromium's `--ignore-certificate-errors-spki-list` takes, so
 * that a test browser accepts this one key only.
 */
export function spkiHash(path: string): string {
  const key = readCertificate(path).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
