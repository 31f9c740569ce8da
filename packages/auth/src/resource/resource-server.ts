import type { AccessContract, PermissionOf } from '../access/index.ts';
import { authError, isStepUpMet, type StepUp, systemClock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';
import { createAuthenticate } from './authenticate.ts';
import { challenge } from './challenge.ts';
import { requireValidRequirement, type TokenRequirement } from './token-requirement.ts';
import { requireValidOptions, type ResourceServerOptions } from './options.ts';
import { createReporter } from './reporter.ts';

/** Handles a request whose token is verified. */
export type BearerHandler<P extends string, Args extends unknown[], A extends string = string> = (
  request: Request,
  token: AccessToken<P, A>,
  ...rest: Args
) => Response | Promise<Response>;

/** An API that takes bearer tokens (RFC 6750) of one audience. */
export interface ResourceServer<P extends string, A extends string = string> {
  /**
   * @throws AuthError the codes of `verifyAccessToken`, `bearer_missing`, `bearer_malformed`, `discovery_failed`,
   * `discovery_mismatch`; with `revocations` also `token_revoked`, `token_outdated` and `store_unavailable`
   */
  readonly authenticate: (request: Pick<Request, 'headers'>) => Promise<AccessToken<P, A>>;
  /** @throws AuthError `scope_insufficient` */
  readonly requireScope: (token: AccessToken<P, A>, scope: string) => void;
  /** @throws AuthError `permission_insufficient` */
  readonly requirePermission: (token: AccessToken<P, A>, permission: P) => void;
  /** By the token's `auth_time` and `acr` (RFC 9470). @throws AuthError `proof_insufficient` */
  readonly requireStepUp: (token: AccessToken<P, A>, stepUp: StepUp) => void;
  /**
   * The answer to a refused request: 401, 403 or 400 with its challenge (RFC 6750 §3), or 503 with `Retry-After` while
   * the provider's keys can't be fetched, or `revocations` can't be asked.
   *
   * @throws the error itself when it is not about a bearer token.
   */
  readonly challenge: (error: unknown) => Response;
  /**
   * Wraps a handler: it runs only for a valid token that meets the requirement; every other request gets its challenge.
   *
   * @throws AuthError `config_invalid` for a requirement that every token meets, or that no token can meet.
   */
  readonly guard: <Args extends unknown[]>(
    handler: BearerHandler<P, Args, A>,
    requirement?: TokenRequirement<P>,
  ) => (request: Request, ...rest: Args) => Promise<Response>;
}

/**
 * Creates the bearer verification of one API.
 *
 * @throws AuthError `config_invalid`
 * @see RFC 6750, RFC 9068 §4
 * @example
 * ```ts
 * const api = createResourceServer({ issuer, audience: 'https://shop.example/api', access });
 * export const GET = api.guard((request, token) => Response.json({ sub: token.sub }), { permission: 'shop:orders.read' });
 * ```
 */
export function createResourceServer<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: ResourceServerOptions<C, A>,
): ResourceServer<PermissionOf<C, A>, A> {
  requireValidOptions(options);
  const { audience, realm = audience, clock = systemClock } = options;
  const report = createReporter(options);
  const checks: BearerChecks<PermissionOf<C, A>, A> = {
    authenticate: createAuthenticate(options, report),
    requireScope: (token, scope) => report.reportRefusal(() => requireScope(token, scope)),
    requirePermission: (token, permission) =>
      report.reportRefusal(() => requirePermission(token, permission)),
    requireStepUp: (token, stepUp) => report.reportRefusal(() => requireStepUp(token, stepUp, clock())),
    challenge: (error) => challenge(error, { realm, errorUri: options.errorUri }),
  };
  return { ...checks, guard: (handler, requirement = {}) => guard(checks, handler, requirement) };
}

type BearerChecks<P extends string, A extends string> = Omit<ResourceServer<P, A>, 'guard'>;

function guard<P extends string, A extends string, Args extends unknown[]>(
  checks: BearerChecks<P, A>,
  handler: BearerHandler<P, Args, A>,
  requirement: TokenRequirement<P>,
): (request: Request, ...rest: Args) => Promise<Response> {
  requireValidRequirement(requirement);
  const requireToken = async (request: Request) => {
    const token = await checks.authenticate(request);
    if (requirement.scope !== undefined) checks.requireScope(token, requirement.scope);
    if (requirement.permission !== undefined) checks.requirePermission(token, requirement.permission);
    checks.requireStepUp(token, requirement);
    return token;
  };
  return async (request, ...rest) => {
    let token: AccessToken<P, A>;
    try {
      token = await requireToken(request);
    } catch (error) {
      return checks.challenge(error);
    }
    return handler(request, token, ...rest);
  };
}

function requireScope(token: AccessToken, scope: string): void {
  // ''.split(' ') is [''], so the empty scope would be found in a token without scopes.
  if (scope !== '' && (token.scope ?? '').split(' ').includes(scope)) return;
  throw authError('scope_insufficient', `this needs the scope ${scope}: ask for it at sign-in`, { scope });
}

function requirePermission(token: AccessToken, permission: string): void {
  if (token.can(permission)) return;
  const message = `this needs the permission ${permission}, which the person or this client does not have: grant it, then get a new token`;
  throw authError('permission_insufficient', message, { scope: permission });
}

function requireStepUp(token: AccessToken, { maxAgeSeconds, acrValues }: StepUp, now: number): void {
  const stepUp = { maxAgeSeconds, acrValues };
  if (isStepUpMet(token, stepUp, now)) return;
  const message =
    'the person proved who they are too long ago or not strongly enough for this: sign in again with what the challenge says';
  throw authError('proof_insufficient', message, { stepUp });
}
