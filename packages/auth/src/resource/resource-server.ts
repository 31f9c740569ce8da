import type { AccessContract, PermissionOf } from '../access/index.ts';
import { authError, isStepUpMet, quoteUntrusted, type StepUp, systemClock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';
import { createAuthenticate, createVerifyToken } from './authenticate.ts';
import { challenge } from './challenge.ts';
import { createCors } from './cors-answers.ts';
import { createProofRules } from './dpop-options.ts';
import { finishAnswer } from './finish-answer.ts';
import { requireValidRequirement, type TokenRequirement } from './token-requirement.ts';
import { requireValidOptions, type ResourceServerOptions } from './options.ts';
import { createReporter } from './reporter.ts';
import type { ApiRequest } from './require-binding.ts';

/** Handles a request whose token is verified. */
export type BearerHandler<P extends string, Args extends unknown[], A extends string = string> = (
  request: Request,
  token: AccessToken<P, A>,
  ...rest: Args
) => Response | Promise<Response>;

/** An API that takes access tokens of one audience: as `Bearer` (RFC 6750), bound to a key as `DPoP` (RFC 9449), or both. */
export interface ResourceServer<P extends string, A extends string = string> {
  /**
   * @throws AuthError the codes of `verifyAccessToken`, `bearer_missing`, `bearer_malformed`, `discovery_failed`,
   * `discovery_mismatch`, `token_binding`; with `revocations` also `token_revoked`, `token_outdated` and `store_unavailable`;
   * with `dpop` also `dpop_proof_invalid`, `dpop_proof_replayed`, `dpop_nonce_required` and `store_unavailable`
   */
  readonly authenticate: (request: ApiRequest) => Promise<AccessToken<P, A>>;
  /**
   * Verifies a token's text alone: for a server that was given it by other means than a request's header. Neither who sends
   * it, nor whether it was revoked is asked, so it decides on no request to an API.
   *
   * @throws AuthError the codes of `verifyAccessToken`
   */
  readonly verify: (token: string) => Promise<AccessToken<P, A>>;
  /** @throws AuthError `scope_insufficient` */
  readonly requireScope: (token: AccessToken<P, A>, scope: string) => void;
  /** @throws AuthError `permission_insufficient` */
  readonly requirePermission: (token: AccessToken<P, A>, permission: P) => void;
  /** By the token's `act` (RFC 8693 §4.1). @throws AuthError `actor_refused` */
  readonly requireActor: (token: AccessToken<P, A>, actor: ActorRequirement) => void;
  /** By the token's `auth_time` and `acr` (RFC 9470). @throws AuthError `proof_insufficient` */
  readonly requireStepUp: (token: AccessToken<P, A>, stepUp: StepUp) => void;
  /**
   * The answer to a refused request: 401, 403 or 400 with its challenge (RFC 6750 §3, RFC 9449 §7.1), or 503 with
   * `Retry-After` while the provider's keys can't be fetched, or a store can't be asked.
   *
   * @param request where given, the challenge answers to its scheme
   * @throws the error itself when it is not about a token.
   */
  readonly challenge: (error: unknown, request?: Pick<Request, 'headers'>) => Promise<Response>;
  /**
   * The answer to `OPTIONS` for an API that has the option `cors`: 204 to the preflight of a registered origin, 403 to
   * every other, and to all without that option. A request that names no origin gets the methods.
   *
   * @example `export const OPTIONS = api.preflight;`
   */
  readonly preflight: (request: Request) => Response;
  /**
   * Wraps a handler: it runs only for a valid token that meets the requirement; every other request gets its challenge.
   * Answers bring what `cors` and `dpop` add: permission for pages of registered origins, and a new nonce.
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
  const rules = options.dpop && createProofRules(options.dpop, audience, clock);
  const cors = createCors(options.cors ?? { origins: [] });
  const verify = createVerifyToken<C, A, PermissionOf<C, A>>(options, report);
  const checks: BearerChecks<PermissionOf<C, A>, A> = {
    authenticate: createAuthenticate(options, { verify, report, rules }),
    verify: async (token) => (await verify(token)).verified,
    requireScope: (token, scope) => report.reportRefusal(token, () => requireScope(token, scope)),
    requirePermission: (token, permission) =>
      report.reportRefusal(token, () => requirePermission(token, permission)),
    requireActor: (token, actor) => report.reportRefusal(token, () => requireActor(token, actor)),
    requireStepUp: (token, stepUp) =>
      report.reportRefusal(token, () => requireStepUp(token, stepUp, clock())),
    challenge: (error, request) => challenge(error, { realm, errorUri: options.errorUri, rules }, request),
    preflight: cors.preflight,
  };
  const finish: Finish = (request, response) =>
    finishAnswer(request, response, { cors: options.cors && cors, nonces: rules?.nonces });
  return { ...checks, guard: (handler, requirement = {}) => guard(checks, finish, handler, requirement) };
}

/** Who may act, see {@link TokenRequirement.actor}. */
type ActorRequirement = NonNullable<TokenRequirement<string>['actor']>;

type BearerChecks<P extends string, A extends string> = Omit<ResourceServer<P, A>, 'guard'>;

/** Adds to an answer what the API's options say. */
type Finish = (request: Request, response: Response) => Response | Promise<Response>;

function guard<P extends string, A extends string, Args extends unknown[]>(
  checks: BearerChecks<P, A>,
  finish: Finish,
  handler: BearerHandler<P, Args, A>,
  requirement: TokenRequirement<P>,
): (request: Request, ...rest: Args) => Promise<Response> {
  requireValidRequirement(requirement);
  const requireToken = async (request: Request) => {
    const token = await checks.authenticate(request);
    if (requirement.scope !== undefined) checks.requireScope(token, requirement.scope);
    if (requirement.permission !== undefined) checks.requirePermission(token, requirement.permission);
    if (requirement.actor !== undefined) checks.requireActor(token, requirement.actor);
    checks.requireStepUp(token, requirement);
    return token;
  };
  return async (request, ...rest) => {
    let token: AccessToken<P, A>;
    try {
      token = await requireToken(request);
    } catch (error) {
      return finish(request, await checks.challenge(error, request));
    }
    return finish(request, await handler(request, token, ...rest));
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

function requireActor({ act }: AccessToken, actor: ActorRequirement): void {
  if (actor === 'none' ? act === undefined : act !== undefined && actor.includes(act.sub)) return;
  const message = act
    ? `this is not done through ${quoteUntrusted(act.sub)}, which acts for the person: call with the person's own token, or through a client that may`
    : 'this is done only through a client that acts for the person: call that client';
  throw authError('actor_refused', message);
}

function requireStepUp(token: AccessToken, { maxAgeSeconds, acrValues }: StepUp, now: number): void {
  const stepUp = { maxAgeSeconds, acrValues };
  if (isStepUpMet(token, stepUp, now)) return;
  const message =
    'the person proved who they are too long ago or not strongly enough for this: sign in again with what the challenge says';
  throw authError('proof_insufficient', message, { stepUp });
}
