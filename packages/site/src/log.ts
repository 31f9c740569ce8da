import type { AuthEvent } from '@sso/auth';

/** The options by which sign-in and API of a site write their log. */
interface EventLog {
  readonly observe: (event: AuthEvent) => void;
  readonly eventDetails: boolean;
}

/**
 * Writes each decision about sign-in, sessions and API calls as one line of JSON on standard output: ids, codes and
 * outcomes, never a secret (G19). Accepted API calls are left out, since the access log has a line for each of them already:
 * but not those in which a client acts for a person, which it can't show.
 *
 * @param details whether lines also say what was compared (`eventDetails`), of accepted calls too
 */
export function eventLog(details: boolean): EventLog {
  return { observe: details ? logLine : logDecision, eventDetails: details };
}

function logDecision(event: AuthEvent): void {
  if (event.type !== 'bearer.accepted' || event.actor !== undefined) logLine(event);
}

/** Writes what a site itself did in the same way. Ids and outcomes only: a log is read by more people than a database. */
export function logLine(event: { readonly type: string }): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}
