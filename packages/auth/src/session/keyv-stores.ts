import { type Clock, systemClock } from '../foundation/index.ts';
import type { Revocation, RevocationStore } from './revocations.ts';
import type { RefreshStore, SessionStore } from './session-store.ts';

/** A key-value store as Keyv has it: Redis, Valkey, Memcached, etcd, DynamoDB … behind one shape. */
export interface KeyvShaped {
  readonly get: (key: string) => Promise<unknown>;
  /** @param ttl milliseconds */
  readonly set: (key: string, value: string, ttl: number) => Promise<unknown>;
  readonly delete: (key: string) => Promise<unknown>;
}

export interface KeyvStores {
  readonly revocations: RevocationStore;
  readonly refreshes: RefreshStore;
}

/**
 * Ended sessions and settled refreshes in a key-value store that all processes of a site share.
 *
 * There is no `spent` among them: that has to be one step, and get and set are two. Take the store's own, e.g. Redis:
 * `spendOnce: async (key, until) => (await redis.set(key, '1', { NX: true, EXAT: until })) === 'OK'`.
 *
 * @example
 * ```ts
 * const stores = createKeyvStores(new Keyv({ store: new KeyvValkey(env.VALKEY_URL) }));
 * const site = createRelyingParty({ ...options, ...stores, spent });
 * ```
 */
export function createKeyvStores(keyv: KeyvShaped, clock: Clock = systemClock): KeyvStores {
  return { revocations: createRevocations(keyv, clock), refreshes: createKeyvSessionStore(keyv) };
}

/** Sessions in a key-value store, for those that outgrow the cookie. */
export function createKeyvSessionStore(keyv: KeyvShaped): SessionStore {
  return {
    async find(id) {
      const value = await keyv.get(`sealed:${id}`);
      return typeof value === 'string' ? value : undefined;
    },
    async save(id, sealed, ttlSeconds) {
      await keyv.set(`sealed:${id}`, sealed, ttlSeconds * 1000);
    },
    async remove(id) {
      await keyv.delete(`sealed:${id}`);
    },
  };
}

/** Integer seconds, as the row of one `sid` or `sub`. */
type Ending = Pick<Revocation, 'at' | 'until'>;

function createRevocations(keyv: KeyvShaped, clock: Clock): RevocationStore {
  const find = async (key: string) => readEnding(await keyv.get(key));
  return {
    async revoke({ issuer, sid, sub, at, until }) {
      if (sid === undefined && sub === undefined) return;
      const key = keyOf(issuer, sid === undefined ? { sub } : { sid });
      // A later word counts longer; two at the same moment say the same.
      const known = (await find(key)) ?? { at, until };
      const later = { at: Math.max(at, known.at), until: Math.max(until, known.until) };
      await keyv.set(key, `${later.at} ${later.until}`, Math.max(1, later.until - clock()) * 1000);
    },
    async isRevoked({ issuer, sid, sub, issuedAt }) {
      const endings = await Promise.all([keyOf(issuer, { sid }), keyOf(issuer, { sub })].map(find));
      return endings.some((ending) => ending && ending.at >= issuedAt && ending.until > clock());
    },
  };
}

/** A logout token names a person only when it means all of the person's sessions (Back-Channel Logout §2.4). */
const keyOf = (issuer: string, who: { sid: string } | { sub: string | undefined }) =>
  `revoked:${JSON.stringify([issuer, who])}`;

/** @throws TypeError for a row that is none of ours: a store that answers nonsense must not let sessions live on. */
function readEnding(row: unknown): Ending | undefined {
  if (row === undefined || row === null) return undefined;
  const [, at, until] = (typeof row === 'string' && /^(\d+) (\d+)$/.exec(row)) || [];
  if (at === undefined || until === undefined) throw new TypeError('a revocation in the store is unreadable');
  return { at: Number(at), until: Number(until) };
}
