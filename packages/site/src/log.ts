import type { AuthEvent } from '@sso/auth';

/**
 * Writes each decision about sign-in, sessions and API calls as one line of JSON on standard output: ids, codes and
 * outcomes, never a secret (G19). Accepted API calls are left out: the access log has a line for each of them already.
 */
export function logEvent(event: AuthEvent): void {
  if (event.type !== 'bearer.accepted') logLine(event);
}

/** Writes what a site itself did in the same way. Ids and outcomes only: a log is read by more people than a database. */
export function logLine(event: { readonly type: string }): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}
