import type { AuthEvent } from '@sso/auth';

/**
 * Writes what sign-in, sessions and the API decided, one JSON object a line: ids, codes and outcomes, never a secret (G19).
 * What the API lets in is left to the access log, or a line would be written for every call.
 */
export function logEvent(event: AuthEvent): void {
  if (event.type === 'bearer.accepted') return;
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}
