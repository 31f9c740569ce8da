import type { AccessContract } from '@sso/auth/access';
import type { PersonClaims } from '../store/index.ts';

/** One thing that a client asks for, in words that need no explaining. */
export interface ScopeDescription {
  /** The scope. */
  readonly name: string;
  readonly sentence: string;
  /** What it comes to for this person, or what it means. */
  readonly detail: string | undefined;
  /** The API it belongs to; undefined for what concerns the person. */
  readonly api: string | undefined;
}

type Description = readonly [sentence: string, detail: (claims: PersonClaims) => string | undefined];

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

const STANDARD_SCOPES: ReadonlyMap<string, Description> = new Map<string, Description>([
  [
    'openid',
    ['Know that it is you', () => 'A number that stands for your account. Always part of signing in.'],
  ],
  ['profile', ['See your profile', ({ name }) => text(name) ?? 'Your name, picture, language and the like']],
  ['email', ['See your email address', ({ email }) => text(email)]],
  ['address', ['See your postal address', ({ address }) => addressOf(address)]],
  ['phone', ['See your phone number', ({ phone_number: phone }) => text(phone)]],
  [
    'offline_access',
    ['Keep this access while you are away', () => 'Also after you sign out, for a limited time.'],
  ],
]);

/** These scopes in words: what concerns the person first, then API by API in the order of the contract. */
export function describeScopes(
  access: AccessContract,
  scopes: readonly string[],
  claims: PersonClaims = {},
): ScopeDescription[] {
  const standard = [...STANDARD_SCOPES].map(([name, [sentence, detail]]) => ({
    name,
    sentence,
    detail: detail(claims),
    api: undefined,
  }));
  const permissions = Object.values(access.audiences).flatMap(({ title, permissions: table }) =>
    Object.entries(table).map(([name, sentence]) => ({ name, sentence, detail: undefined, api: title })),
  );
  return [...standard, ...permissions].filter(({ name }) => scopes.includes(name));
}

function addressOf(address: unknown): string | undefined {
  if (typeof address !== 'object' || address === null) return undefined;
  const formatted: unknown = Reflect.get(address, 'formatted');
  return text(formatted) ?? text(Reflect.get(address, 'locality'));
}
