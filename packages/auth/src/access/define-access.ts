import { quoteUntrusted } from '../foundation/index.ts';
import { isScopeToken } from './scope-token.ts';

/** The permissions of one audience. Name (also the OAuth scope, RFC 6749 §3.3) → a sentence for the consent page. */
export type PermissionTable = Readonly<Record<string, string>>;

/** How access tokens can be signed. ES256 is short and fast; RS256 is for APIs that support nothing else. */
export type AccessTokenAlgorithm = 'ES256' | 'RS256' | 'EdDSA';

/** One API of the contract. */
interface AudienceEntry {
  readonly title: string;
  readonly permissions: PermissionTable;
  /** The only algorithm of this audience's access tokens. Default `ES256`. */
  readonly alg?: AccessTokenAlgorithm | undefined;
}

/** Audience URI (RFC 8707 `resource`, RFC 9068 `aud`) → its title and permissions. */
export type AudienceTable = Readonly<Record<string, AudienceEntry>>;

/** The names of all permissions that a table of audiences defines. */
export type PermissionIn<A extends AudienceTable> = {
  [K in keyof A]: keyof A[K]['permissions'] & string;
}[keyof A];

/** The access contract: what the provider and every app agree on. Plain data: `JSON.stringify(access)` is the provider's `ACCESS_FILE`. */
export interface AccessContract<A extends AudienceTable = AudienceTable, R extends string = string> {
  readonly audiences: A;
  readonly roles: Readonly<Record<R, readonly PermissionIn<A>[]>>;
}

/** The permissions of one audience of a contract: `PermissionOf<typeof access, 'https://shop.localhost/api'>`. */
export type PermissionOf<
  C extends AccessContract,
  Audience extends keyof C['audiences'],
> = keyof C['audiences'][Audience]['permissions'] & string;

/** Any permission of a contract. */
export type AnyPermission<C extends AccessContract> = PermissionIn<C['audiences']>;

/** OpenID Connect's own scopes (OIDC Core §3.1.2.1, §5.4, §11): a permission of such a name would be granted with it. */
const RESERVED_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
];

const ALGORITHMS: Readonly<Record<AccessTokenAlgorithm, true>> = { ES256: true, RS256: true, EdDSA: true };

/**
 * Defines the one access contract that the provider and every app share.
 *
 * Permission names are unique across audiences and are scope tokens (RFC 6749 §3.3), so that a requested
 * scope names one permission of one API.
 *
 * @throws TypeError when a permission appears twice, isn't a scope token or is a scope of OpenID Connect's own, when a
 * role names an unknown one, or an `alg` is none of `AccessTokenAlgorithm`.
 * @example
 * ```ts
 * const access = defineAccess({
 *   audiences: { 'https://shop.example/api': { title: 'Shop', permissions: { 'shop:orders.read': 'See your orders' } } },
 *   roles: { customer: ['shop:orders.read'] },
 * });
 * ```
 */
export function defineAccess<const A extends AudienceTable, const R extends string>(
  access: AccessContract<A, R>,
): AccessContract<A, R> {
  for (const [audience, { alg }] of Object.entries(access.audiences)) requireAlgorithm(audience, alg);
  const known = requireUniquePermissions(access.audiences);
  for (const [role, permissions] of Object.entries<readonly string[]>(access.roles)) {
    const unknown = permissions.find((name) => !known.has(name));
    if (unknown !== undefined) {
      throw new TypeError(`role "${role}" names "${unknown}", which no audience defines`);
    }
  }
  return access;
}

/** The contract may come from a file, so its type isn't enough: with an HMAC every API could also sign (RFC 8725 §3.1). */
function requireAlgorithm(audience: string, alg: unknown): void {
  if (alg === undefined || (typeof alg === 'string' && Object.hasOwn(ALGORITHMS, alg))) return;
  throw new TypeError(
    `alg ${quoteUntrusted(alg)} of ${audience} is none of ${Object.keys(ALGORITHMS).join(', ')}`,
  );
}

function requireUniquePermissions(audiences: AudienceTable): Set<string> {
  const known = new Set<string>();
  for (const [audience, { permissions }] of Object.entries(audiences)) {
    for (const name of Object.keys(permissions)) {
      if (!isScopeToken(name))
        throw new TypeError(`"${name}" of ${audience} is no scope token (RFC 6749 §3.3)`);
      if (RESERVED_SCOPES.includes(name))
        throw new TypeError(
          `"${name}" of ${audience} is a scope of OpenID Connect's own: choose another name`,
        );
      if (known.has(name)) throw new TypeError(`permission "${name}" is defined twice`);
      known.add(name);
    }
  }
  return known;
}
