import { isScopeToken } from '../access/index.ts';
import { authError, type AuthError, requireValidStepUp, type StepUp } from '../foundation/index.ts';

/** What a guarded handler requires beyond a valid token: a permission, a scope, a recent or strong sign-in (RFC 9470). */
export interface TokenRequirement<P extends string> extends StepUp {
  readonly permission?: P;
  /** One scope token (RFC 6749 §3.3). */
  readonly scope?: string;
  /**
   * Who may act for the person (`act`, RFC 8693 §4.1): `none` takes tokens of clients that speak for themselves alone, a list
   * takes only those of these clients' APIs, by client id. Default: both are taken.
   */
  readonly actor?: 'none' | readonly string[];
}

/**
 * Refuses requirements that every token meets, or that no token can meet. Both are programming mistakes, found when the
 * guard is created.
 *
 * @throws AuthError `config_invalid`
 */
export function requireValidRequirement({
  scope,
  permission,
  actor,
  ...stepUp
}: TokenRequirement<string>): void {
  if (scope !== undefined && !isScopeToken(scope))
    throw configError('scope must be one scope token (RFC 6749 §3.3)');
  if (permission === '') throw configError('permission is empty: name one');
  if (actor !== undefined && actor !== 'none' && !actor.every(Boolean))
    throw configError('actor lists client ids: leave out the empty one');
  if (actor?.length === 0) throw configError('actor is an empty list: name a client, or write "none"');
  requireValidStepUp(stepUp);
}

function configError(message: string): AuthError {
  return authError('config_invalid', message);
}
