// Plain JavaScript that even an old Node reads: see command.mjs.

/**
 * tls.setDefaultCACertificates and `.ts` files without a flag: Node 22.19 and 24.5. Node 23 has reached its end.
 * @param {string} version such as '24.21.0'
 */
export function isSupported(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 22) return minor >= 19;
  if (major === 24) return minor >= 5;
  return major > 24;
}

/** @param {string} version such as '20.20.2' */
export function tooOld(version) {
  return (
    `Node ${version} is too old, this needs 22.19 or newer, or 24.5 or newer: ` +
    'install Node 24 from https://nodejs.org and run the command again.'
  );
}
