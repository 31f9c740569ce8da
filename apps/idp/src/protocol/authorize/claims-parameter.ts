import { z } from 'zod';
import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import { SCOPE_CLAIMS } from '../../identity/claims.ts';
import type { RequestedClaims } from '../../store/index.ts';

/** An individual claim request: null, or whether the claim is essential and which values are accepted (OIDC Core §5.5.1). */
const claimRequest = z.nullable(
  z.object({
    essential: z.boolean().optional(),
    value: z.unknown().optional(),
    values: z.array(z.unknown()).optional(),
  }),
);
const claimRequests = z.record(z.string(), claimRequest).optional();
const schema = z.object({ id_token: claimRequests, userinfo: claimRequests });
type ClaimRequests = z.infer<typeof claimRequests>;

export interface ClaimsParameter extends RequestedClaims {
  /** The people who may answer: a `sub` with a value, or several (OIDC Core §5.5.1). */
  readonly subs: readonly string[] | undefined;
  readonly requiredAcr: readonly string[] | undefined;
}

/**
 * Reads the `claims` parameter (OIDC Core §5.5). A claim that is unknown here, or beyond the client's registered
 * scope, is left out, as an unknown scope is; `sub` and an essential `acr` decide who may answer and how.
 *
 * @throws OAuthError invalid_request when it is not the JSON that OIDC Core describes.
 */
export function parseClaimsParameter(text: string | undefined, client: Client): ClaimsParameter {
  const { id_token: idToken, userinfo } = text === undefined ? {} : parse(text);
  const allowed = new Set<string>(
    Object.entries(SCOPE_CLAIMS).flatMap(([scope, claims]) => (client.scope.includes(scope) ? claims : [])),
  );
  const named = (from: ClaimRequests) => Object.keys(from ?? {}).filter((name) => allowed.has(name));
  return {
    idToken: named(idToken),
    userinfo: named(userinfo),
    subs: intersect(valuesOf(own(idToken, 'sub')), valuesOf(own(userinfo, 'sub'))),
    requiredAcr: acrOf(idToken),
  };
}

function parse(text: string): z.infer<typeof schema> {
  const parsed = schema.safeParse(jsonOf(text));
  if (!parsed.success)
    throw new OAuthError('invalid_request', 'claims is not the JSON of OIDC Core section 5.5');
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only an essential `acr` that names values can fail a request; any sign-in satisfies a voluntary one. */
function acrOf(from: ClaimRequests): readonly string[] | undefined {
  const acr = own(from, 'acr');
  return acr?.essential === true ? valuesOf(acr) : undefined;
}

/** The values of which one has to match; undefined where none is named. */
function valuesOf(one: z.infer<typeof claimRequest> | undefined): readonly string[] | undefined {
  const values = [...(one?.values ?? []), ...(one?.value === undefined ? [] : [one.value])];
  return values.length === 0 ? undefined : values.map(String);
}

/** The values in both lists; undefined stands for all values. */
export function intersect(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): readonly string[] | undefined {
  return left && right ? left.filter((one) => right.includes(one)) : (left ?? right);
}

function own(from: ClaimRequests, name: string) {
  return from !== undefined && Object.hasOwn(from, name) ? from[name] : undefined;
}
