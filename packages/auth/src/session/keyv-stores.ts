import { type Clock, systemClock } from '../foundation/index.ts';
import type { Revocation, RevocationStore } from './revocations.ts';
import type { RefreshStore, SessionStore } from './session-store.ts';

/** A key-value store as Keyv has it: Redis, Valkey, Memcached, etcd, DynamoDB … behind one shape. */
export interface KeyvShaped {
  readonly get: (key: string) => Promise<unknown>;
  /** @param ttl milliseconds */
  readonly set: (key: string, value: string, ttl: number) => Promise<unknown>;
  readonly delete: (key: string) => Promise<unknown>;
  /** Keyv swallows what its adapter throws once somebody listens for `error`: then this is how to hear of it. */
  readonly on?: (event: 'error', listener: (error: unknown) => void) => unknown;
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
export function createKeyvStores(store: KeyvShaped, clock: Clock = systemClock): KeyvStores {
  return { revocations: createRevocations(loud(store), clock), refreshes: createKeyvSessionStore(store) };
}

/** Sessions in a key-value store, for those that outgrow the cookie. */
export function createKeyvSessionStore(store: KeyvShaped): SessionStore {
  const keyv = loud(store);
  return {
    async find(id) {
      const value = await keyv.get(`sealed:${id}`);
      return typeof value === 'string' ? value : undefined;
    },
    async save(id, sealed, ttlSeconds) {
      await keyv.set(`sealed:${id}`, sealed, lifeOf(ttlSeconds));
    },
    async remove(id) {
      await keyv.delete(`sealed:${id}`);
    },
  };
}

/** Milliseconds; 0 would mean for ever. */
const lifeOf = (seconds: number) => Math.max(1, seconds) * 1000;

/**
 * The same store, but what fails throws: taken for an answer, the silence of a store that is away would let ended sessions
 * live on. An error of another call at the same moment fails this one too, which is the safe side.
 */
function loud(store: KeyvShaped): KeyvShaped {
  let errors = 0;
  let last: unknown;
  store.on?.('error', (error) => {
    errors += 1;
    last = error;
  });
  const heard = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = errors;
    const answer = await work();
    if (errors > before) throw new Error('the key-value store failed', { cause: last });
    return answer;
  };
  return {
    get: (key) => heard(() => store.get(key)),
    async set(key, value, ttl) {
      if ((await heard(() => store.set(key, value, ttl))) === false)
        throw new Error('the key-value store did not take a value');
    },
    delete: (key) => heard(() => store.delete(key)),
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
      // A later word counts longer. Reading and writing are two steps: of two at the same moment the last one stays.
      const known = (await find(key)) ?? { at, until };
      const later = { at: Math.max(at, known.at), until: Math.max(until, known.until) };
      await keyv.set(key, `${later.at} ${later.until}`, lifeOf(later.until - clock()));
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
