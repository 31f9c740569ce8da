import type { PersonClaims, Profile } from '../store/index.ts';

/** Which claims a scope stands for (OIDC Core §5.4). */
export const SCOPE_CLAIMS = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  address: ['address'],
  phone: ['phone_number', 'phone_number_verified'],
} as const;

/** Claims that pages show as what somebody is called (OIDC Core §5.1). */
export const NAME_CLAIMS: readonly string[] = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
];

/** Scopes that concern the person rather than an API. */
export const IDENTITY_SCOPES = ['openid', ...Object.keys(SCOPE_CLAIMS), 'offline_access'] as const;

/**
 * The claims of a person that these scopes disclose, and single ones that were asked for by name (OIDC Core §5.5). A
 * claim nobody entered is left out (OIDC Core §5.3.2); `updated_at` is what the provider itself knows.
 */
export function claimsOf(
  person: Profile,
  scope: readonly string[],
  named: readonly string[] = [],
): PersonClaims {
  const all: PersonClaims = {
    preferred_username: person.username,
    ...person.claims,
    updated_at: person.updatedAt,
  };
  const disclosed = Object.entries(SCOPE_CLAIMS).flatMap(([name, claims]) =>
    scope.includes(name) ? claims : claims.filter((claim) => named.includes(claim)),
  );
  return Object.fromEntries(
    disclosed.filter((name) => Object.hasOwn(all, name)).map((name) => [name, all[name]]),
  );
}
