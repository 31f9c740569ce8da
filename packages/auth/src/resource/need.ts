import { isScopeToken } from '../access/index.ts';
import { authError, type AuthError, requireValidStepUp, type StepUp } from '../foundation/index.ts';

/** What a guarded handler needs beside a valid token; a proof that is recent and strong enough included (RFC 9470). */
export interface Need<P extends string> extends StepUp {
  readonly permission?: P;
  /** One scope token (RFC 6749 §3.3). */
  readonly scope?: string;
}

/**
 * A need that every token meets is no lock, and one that none can meet is no door: both are mistakes of whoever wrote
 * it, and found when the handler is guarded.
 *
 * @throws AuthError `config_invalid`
 */
export function checkNeed({ scope, permission, ...stepUp }: Need<string>): void {
  if (scope !== undefined && !isScopeToken(scope))
    throw wrong('scope must be one scope token (RFC 6749 §3.3)');
  if (permission === '') throw wrong('permission is empty: name one');
  requireValidStepUp(stepUp);
}

function wrong(message: string): AuthError {
  return authError('config_invalid', message);
}
