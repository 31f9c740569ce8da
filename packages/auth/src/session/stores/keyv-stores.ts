import { type Clock, systemClock } from '../../foundation/index.ts';
import { isEnded, latest, namesOf, rowsOf } from './revocation-rows.ts';
import type { RevocableSession, Revocation, RevocationRow, RevocationStore } from './revocation-store.ts';
import type { RefreshStore, SessionStore } from './session-store.ts';

/** A key-value store as Keyv has it: Redis, Valkey, Memcached, etcd, DynamoDB … behind one shape. */
export interface KeyvShaped {
  readonly get: (key: string) => Promise<unknown>;
  /** @param ttl milliseconds */
  readonly set: (key: string, value: string, ttl: number) => Promise<unknown>;
  readonly delete: (key: string) => Promise<unknown>;
  /** Keyv swallows errors of its adapter once somebody listens for `error`; this is the only way to learn of them then. */
  readonly on?: (event: 'error', listener: (error: unknown) => void) => unknown;
}

export interface KeyvStores {
  readonly revocations: RevocationStore;
  readonly refreshes: RefreshStore;
}

/**
 * Ended sessions and shared refreshes in a key-value store that all processes of a site share.
 *
 * It gives no `spent`: consuming has to be one atomic step, and get and set are two. Take the store's own, e.g. Redis:
 * `consume: async (key, until) => (await redis.set(key, '1', { NX: true, EXAT: until })) === 'OK'`.
 *
 * @example
 * ```ts
 * const stores = createKeyvStores(new Keyv({ store: new KeyvValkey(env.VALKEY_URL) }));
 * const site = createRelyingParty({ ...options, ...stores, spent });
 * ```
 */
export function createKeyvStores(store: KeyvShaped, clock: Clock = systemClock): KeyvStores {
  return {
    revocations: createRevocations(withThrownErrors(store), clock),
    refreshes: createKeyvSessionStore(store),
  };
}

/** Sessions in a key-value store, for those that outgrow the cookie. */
export function createKeyvSessionStore(store: KeyvShaped): SessionStore {
  const keyv = withThrownErrors(store);
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

/** Milliseconds. Keyv keeps a value with a life of 0 for ever. */
const lifeOf = (seconds: number) => Math.max(1, seconds) * 1000;

/**
 * The same store, with failures thrown. Keyv swallows them, and a store that is down would then answer that no session
 * was revoked. An error of another call at the same moment fails this call too, which is the safe side.
 */
function withThrownErrors(store: KeyvShaped): KeyvShaped {
  let errors = 0;
  let last: unknown;
  store.on?.('error', (error) => {
    errors += 1;
    last = error;
  });
  const throwing = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = errors;
    const answer = await work();
    if (errors > before) throw new Error('the key-value store failed', { cause: last });
    return answer;
  };
  return {
    get: (key) => throwing(() => store.get(key)),
    async set(key, value, ttl) {
      if ((await throwing(() => store.set(key, value, ttl))) === false)
        throw new Error('the key-value store did not take a value');
    },
    delete: (key) => throwing(() => store.delete(key)),
  };
}

/** Integer seconds, as the row of one `sid` or `sub`. */
type RevocationTimes = Pick<Revocation, 'at' | 'until'>;

function createRevocations(keyv: KeyvShaped, clock: Clock): RevocationStore {
  const find = async (key: string) => parseTimes(await keyv.get(key));
  const save = async (key: string, { at, until }: RevocationTimes) => {
    // The later of two revocations counts. Reading and writing are two steps: of two at the same moment the last stays.
    const known = (await find(key)) ?? { at, until };
    const later = { at: Math.max(at, known.at), until: Math.max(until, known.until) };
    await keyv.set(key, `${later.at} ${later.until}`, lifeOf(later.until - clock()));
  };
  const findAt = async (key: string) => {
    const times = await find(key);
    return times && times.until > clock() ? times.at : undefined;
  };
  const isRevoked = async (session: RevocableSession) => {
    const { issuer } = session;
    const [sub, order, ...sids] = await Promise.all([
      findAt(keyOf(issuer, 'sub', session.sub)),
      findAt(keyOf(issuer, 'order', session.sub)),
      ...namesOf(session).map((name) => findAt(keyOf(issuer, 'sid', name))),
    ]);
    return isEnded({ sid: latest(sids), sub, order }, session);
  };
  return {
    isRevoked,
    async changePermissions({ issuer, sub, at, until }) {
      const key = changeKeyOf(issuer, sub);
      const known = await findAt(key);
      // Reading and writing are two steps: of two changes at the same moment the last stays, and it is of this second.
      if (known !== undefined && known >= at) return false;
      await save(key, { at, until });
      return true;
    },
    async findState(session) {
      const [ended, permissionsChangedAt] = await Promise.all([
        isRevoked(session),
        findAt(changeKeyOf(session.issuer, session.sub)),
      ]);
      return { isRevoked: ended, permissionsChangedAt };
    },
    async revoke(revocation) {
      for (const { kind, subject, ...times } of rowsOf(revocation))
        await save(keyOf(revocation.issuer, kind, subject), times);
    },
  };
}

const keyOf = (issuer: string, kind: RevocationRow['kind'], subject: string) =>
  `revoked:${JSON.stringify([issuer, { [kind]: subject }])}`;

const changeKeyOf = (issuer: string, sub: string) => `changed:${JSON.stringify([issuer, sub])}`;

/** @throws TypeError for an unreadable row: a store that answers nonsense must not let ended sessions live on. */
function parseTimes(row: unknown): RevocationTimes | undefined {
  if (row === undefined || row === null) return undefined;
  const [, at, until] = (typeof row === 'string' && /^(\d+) (\d+)$/.exec(row)) || [];
  if (at === undefined || until === undefined) throw new TypeError('a revocation in the store is unreadable');
  return { at: Number(at), until: Number(until) };
}
