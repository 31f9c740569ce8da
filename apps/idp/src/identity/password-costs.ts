import { passwordCostOf } from '../store/index.ts';

/** Two hashes of bytes that are all zero: no passphrase has them, and checking them costs as much as any other. */
const NOBODY = `$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * U-01: what a passphrase is checked against. For each cost that occurs here it is one hash, the person's own or one that
 * no passphrase has, so that every name takes the same time: one that nobody has, one whose hash was imported
 * from elsewhere at another cost, and any other.
 *
 * @param own the person's hash; undefined for a name that nobody has
 * @param costs as hashes begin
 */
export function hashesToCheck(own: string | undefined, costs: readonly string[]): string[] {
  const ownCost = own === undefined ? undefined : passwordCostOf(own);
  return costs.map((cost) => (own !== undefined && cost === ownCost ? own : cost + NOBODY));
}

/** Each sign-in is checked at each cost, so imports may bring this many. */
const MOST_COSTS = 3;
/** What one check may cost: 256 MiB, ten passes, eight lanes. */
const MOST = { m: 262_144, t: 10, p: 8 };

/** Why a hash can't be imported; undefined where it can. */
export function findHashProblem(passwordHash: string): string | undefined {
  const cost = passwordCostOf(passwordHash);
  if (cost === undefined) return 'is an argon2id hash in the PHC string format';
  const figures = Object.fromEntries(
    [...cost.matchAll(/([mtp])=(\d+)/g)].map(([, name = '', value]) => [name, Number(value)]),
  );
  const isBounded = Object.entries(MOST).every(([name, most]) => (figures[name] ?? 0) <= most);
  return isBounded ? undefined : `costs no more than m=${MOST.m},t=${MOST.t},p=${MOST.p}`;
}

/** @throws Error where hashes of more costs would be stored than may be. */
export function requireFewCosts(hashes: readonly string[], stored: readonly string[]): void {
  const costs = new Set([...stored, ...hashes.flatMap((hash) => passwordCostOf(hash) ?? [])]);
  if (costs.size <= MOST_COSTS + 1) return;
  throw new Error(
    `  the password_hash of people have ${costs.size} different costs (m, t, p); a sign-in is checked at each, so ${MOST_COSTS} beside our own are the most`,
  );
}
