import type { Access, PermissionOf } from '../access/index.ts';
import { authError, isStepUpMet, type StepUp, systemClock } from '../foundation/index.ts';
import type { AccessToken } from './access-token.ts';
import { createAuthenticate } from './authenticate.ts';
import { challenge } from './challenge.ts';
import { checkNeed, type Need } from './need.ts';
import { checkOptions, type ResourceServerOptions } from './options.ts';
import { createReporter } from './report.ts';

/** Handles a request whose token is verified. */
export type BearerHandler<P extends string, Args extends unknown[]> = (
  request: Request,
  token: AccessToken<P>,
  ...rest: Args
) => Response | Promise<Response>;

/** An API that takes bearer tokens (RFC 6750) of one audience. */
export interface ResourceServer<P extends string> {
  /** @throws AuthError the codes of `verifyAccessToken`, `bearer_missing`, `bearer_malformed`, `discovery_failed`, `discovery_mismatch` */
  readonly authenticate: (request: Pick<Request, 'headers'>) => Promise<AccessToken<P>>;
  /** @throws AuthError `scope_insufficient` */
  readonly requireScope: (token: AccessToken<P>, scope: string) => void;
  /** @throws AuthError `permission_insufficient` */
  readonly requirePermission: (token: AccessToken<P>, permission: P) => void;
  /** RFC 9470: by the token's `auth_time` and `acr`. @throws AuthError `proof_insufficient` */
  readonly requireProof: (token: AccessToken<P>, stepUp: StepUp) => void;
  /**
   * The exact answer to a refused request: 401, 403 or 400 with its challenge (RFC 6750 §3), 503 while the provider's
   * keys can't be had.
   *
   * @throws the error itself when it is not about a bearer token.
   */
  readonly challenge: (error: unknown) => Response;
  /**
   * A fetch handler that answers refusals itself and runs only with a valid token that has what is needed.
   *
   * @throws AuthError `config_invalid` for a need that every token meets, or none.
   */
  readonly guard: <Args extends unknown[]>(
    handler: BearerHandler<P, Args>,
    need?: Need<P>,
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
export function createResourceServer<C extends Access, A extends keyof C['audiences'] & string>(
  options: ResourceServerOptions<C, A>,
): ResourceServer<PermissionOf<C, A>> {
  checkOptions(options);
  const { audience, observe, realm = audience, clock = systemClock } = options;
  const report = createReporter(audience, observe);
  const door: Door<PermissionOf<C, A>> = {
    authenticate: createAuthenticate(options, report),
    requireScope: (token, scope) => report.refusal(() => requireScope(token, scope)),
    requirePermission: (token, permission) => report.refusal(() => requirePermission(token, permission)),
    requireProof: (token, stepUp) => report.refusal(() => requireProof(token, stepUp, clock())),
    challenge: (error) => challenge(error, realm),
  };
  return { ...door, guard: (handler, need = {}) => guard(door, handler, need) };
}

type Door<P extends string> = Omit<ResourceServer<P>, 'guard'>;

function guard<P extends string, Args extends unknown[]>(
  door: Door<P>,
  handler: BearerHandler<P, Args>,
  need: Need<P>,
): (request: Request, ...rest: Args) => Promise<Response> {
  checkNeed(need);
  const admit = async (request: Request) => {
    const token = await door.authenticate(request);
    if (need.scope !== undefined) door.requireScope(token, need.scope);
    if (need.permission !== undefined) door.requirePermission(token, need.permission);
    door.requireProof(token, need);
    return token;
  };
  return async (request, ...rest) => {
    let token: AccessToken<P>;
    try {
      token = await admit(request);
    } catch (error) {
      return door.challenge(error);
    }
    return handler(request, token, ...rest);
  };
}

function requireScope(token: AccessToken, scope: string): void {
  // An empty text splits into one empty name, which no scope may be.
  if (scope !== '' && (token.scope ?? '').split(' ').includes(scope)) return;
  throw authError('scope_insufficient', `this needs the scope ${scope}: ask for it at sign-in`, { scope });
}

function requirePermission(token: AccessToken, permission: string): void {
  if (token.has(permission)) return;
  const message = `this needs the permission ${permission}, which the person or this client does not have: grant it, then get a new token`;
  throw authError('permission_insufficient', message, { scope: permission });
}

function requireProof(token: AccessToken, { maxAgeSeconds, acrValues }: StepUp, now: number): void {
  const stepUp = { maxAgeSeconds, acrValues };
  if (isStepUpMet(token, stepUp, now)) return;
  const message =
    'the person proved who they are too long ago or not strongly enough for this: sign in again with what the challenge says';
  throw authError('proof_insufficient', message, { stepUp });
}
