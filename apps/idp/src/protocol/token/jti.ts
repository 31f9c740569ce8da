import { randomId } from '../../foundation/secrets.ts';

/** Stands where a grant's id, 22 random characters, would. */
const CLIENT_ITSELF = 'client';
const REACHES = { a: 'all', n: 'narrowed' } as const;
type Reach = (typeof REACHES)[keyof typeof REACHES];

/** What the provider's own endpoints read from the id of an access token. */
interface TokenId {
  readonly jti: string;
  /** Undefined for a token that a client got for itself. */
  readonly grantId: string | undefined;
  /**
   * Whether the request behind it could reach all of the grant, or less, which the store keeps. Undefined where an earlier
   * release issued it.
   */
  readonly reach: Reach | undefined;
  /** Of the token that it was exchanged for. */
  readonly parentJti: string | undefined;
}

/** `<grant>.a.<random>`; `n` in the place of `a` where the request narrowed the grant. */
export function createJti(grantId: string, reach: Reach): string {
  return [grantId, reach === 'all' ? 'a' : 'n', random()].join('.');
}

/** `<the parent's>.<random>`: an exchanged token ends with the one it came from. */
export function createChildJti(parentJti: string): string {
  return `${parentJti}.${random()}`;
}

export function createClientJti(): string {
  return `${CLIENT_ITSELF}.${random()}`;
}

export function readJti(jti: string): TokenId {
  const parts = jti.split('.');
  const [grantId = '', letter = ''] = parts;
  const isKnown = parts.length >= 3 && (letter === 'a' || letter === 'n');
  return {
    jti,
    grantId: grantId === CLIENT_ITSELF ? undefined : grantId,
    reach: isKnown ? REACHES[letter] : undefined,
    parentJti: isKnown && parts.length > 3 ? parts.slice(0, -1).join('.') : undefined,
  };
}

const random = () => randomId(8);
