import { randomId } from '../../foundation/secrets.ts';

/** Stands where a grant's id, 22 random characters, would. */
const CLIENT_ITSELF = 'client';
const WHOLE = 'a';
const NARROWED = 'n';

/** What the request behind a token could reach: all of its grant, or the scope that the store keeps under an id. */
type Reach = 'all' | { readonly narrowedId: string };

/** What the provider's own endpoints read from the id of an access token. */
interface TokenId {
  readonly jti: string;
  /** Undefined for a token that a client got for itself. */
  readonly grantId: string | undefined;
  /** Undefined where an earlier release issued it. */
  readonly reach: Reach | undefined;
  /** Of the token that it was exchanged for, and of the one that this came from: the nearest first. */
  readonly ancestors: readonly string[];
}

/** `<grant>.a.<random>`, or `<grant>.n.<id of the scope>.<random>` where the request narrowed the grant. */
export function createJti(grantId: string, reach: Reach): string {
  const parts = reach === 'all' ? [WHOLE] : [NARROWED, reach.narrowedId];
  return [grantId, ...parts, random()].join('.');
}

/** `<the parent's>.<random>`: an exchanged token ends with the one it came from. */
export function createChildJti(parentJti: string): string {
  return `${parentJti}.${random()}`;
}

export function createClientJti(): string {
  return `${CLIENT_ITSELF}.${random()}`;
}

export function readJti(jti: string): TokenId {
  const [grantId = '', letter, ...rest] = jti.split('.');
  const reach = readReach(letter, rest);
  const ownParts = reach === 'all' ? 1 : 2;
  return {
    jti,
    grantId: grantId === CLIENT_ITSELF ? undefined : grantId,
    reach,
    ancestors: reach === undefined ? [] : ancestorsOf(jti, rest.length - ownParts),
  };
}

function ancestorsOf(jti: string, generations: number): string[] {
  if (generations <= 0) return [];
  const parent = jti.slice(0, jti.lastIndexOf('.'));
  return [parent, ...ancestorsOf(parent, generations - 1)];
}

function readReach(letter: string | undefined, [first, second]: readonly string[]): Reach | undefined {
  if (letter === WHOLE && first !== undefined) return 'all';
  return letter === NARROWED && first !== undefined && second !== undefined
    ? { narrowedId: first }
    : undefined;
}

const random = () => randomId(8);
