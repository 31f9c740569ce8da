import { applyLocalNetwork } from '@sso/dev/local-network';

let trusted = false;

/** Lets this process reach `https://*.localhost` by name and trust the stack's root, once. */
export function trustLocalNetwork(rootCertificate: string): void {
  if (trusted) return;
  applyLocalNetwork(rootCertificate);
  trusted = true;
}
