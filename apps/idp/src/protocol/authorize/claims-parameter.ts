import { z } from 'zod';
import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import { SCOPE_CLAIMS } from '../../identity/claims.ts';
import type { RequestedClaims } from '../../store/requests.ts';

/** OIDC Core §5.5.1: null, or how much the claim matters and which values will do. */
const wish = z.nullable(
  z.object({
    essential: z.boolean().optional(),
    value: z.unknown().optional(),
    values: z.array(z.unknown()).optional(),
  }),
);
const wishes = z.record(z.string(), wish).optional();
const schema = z.object({ id_token: wishes, userinfo: wishes });
type Wishes = z.infer<typeof wishes>;

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
export function readClaimsParameter(text: string | undefined, client: Client): ClaimsParameter {
  const { id_token: idToken, userinfo } = text === undefined ? {} : parse(text);
  const allowed = new Set<string>(
    Object.entries(SCOPE_CLAIMS).flatMap(([scope, claims]) => (client.scope.includes(scope) ? claims : [])),
  );
  const named = (from: Wishes) => Object.keys(from ?? {}).filter((name) => allowed.has(name));
  return {
    idToken: named(idToken),
    userinfo: named(userinfo),
    subs: inBoth(valuesOf(own(idToken, 'sub')), valuesOf(own(userinfo, 'sub'))),
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

/** Only an essential `acr` that names its values can be failed; a voluntary one is met by any sign-in. */
function acrOf(from: Wishes): readonly string[] | undefined {
  const acr = own(from, 'acr');
  return acr?.essential === true ? valuesOf(acr) : undefined;
}

/** The values any of which will do; undefined where none is named. */
function valuesOf(one: z.infer<typeof wish> | undefined): readonly string[] | undefined {
  const values = [...(one?.values ?? []), ...(one?.value === undefined ? [] : [one.value])];
  return values.length === 0 ? undefined : values.map(String);
}

/** What both lists hold; a list that is missing holds everything. */
export function inBoth(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): readonly string[] | undefined {
  return left && right ? left.filter((one) => right.includes(one)) : (left ?? right);
}

function own(from: Wishes, name: string) {
  return from !== undefined && Object.hasOwn(from, name) ? from[name] : undefined;
}
