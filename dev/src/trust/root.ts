import { existsSync } from 'node:fs';
import { readCertificate } from '../caddy/certificate.ts';

/** The name of the root in stores that go by names. */
export const NICKNAME = 'One Login local root';
/** The name of the root in stores that are folders. */
export const FILE_NAME = 'one-login-local.crt';

/** The local root certificate. */
export interface Root {
  readonly path: string;
  /** The base64 lines between BEGIN and END: what stores are searched for. */
  readonly body: string;
  /** SHA-1 in upper-case hex, the name that Windows and macOS know it by. */
  readonly thumbprint: string;
}

/** @returns undefined when Caddy has not made one yet */
export function findRoot(path: string): Root | undefined {
  if (!existsSync(path)) return undefined;
  const certificate = readCertificate(path);
  return {
    path,
    body: bodyOf(certificate.toString()),
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
}

/** The base64 of a PEM text without line ends, which differ between stores. */
export function bodyOf(pem: string): string {
  return pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '');
}

/** Whether a file of PEM certificates holds the root. */
export function holds(bundle: string, root: Root): boolean {
  return bundle.replace(/\s+/g, '').includes(root.body);
}
