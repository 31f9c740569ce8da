import { isScopeToken } from '../access/index.ts';
import { authError, type AuthError, requireValidStepUp, type StepUp } from '../foundation/index.ts';

/** What a guarded handler requires beyond a valid token: a permission, a scope, a recent or strong sign-in (RFC 9470). */
export interface TokenRequirement<P extends string> extends StepUp {
  readonly permission?: P;
  /** One scope token (RFC 6749 §3.3). */
  readonly scope?: string;
}

/**
 * Refuses requirements that every token meets, or that no token can meet. Both are programming mistakes, found when the
 * guard is created.
 *
 * @throws AuthError `config_invalid`
 */
export function requireValidRequirement({ scope, permission, ...stepUp }: TokenRequirement<string>): void {
  if (scope !== undefined && !isScopeToken(scope))
    throw configError('scope must be one scope token (RFC 6749 §3.3)');
  if (permission === '') throw configError('permission is empty: name one');
  requireValidStepUp(stepUp);
}

function configError(message: string): AuthError {
  return authError('config_invalid', message);
}
