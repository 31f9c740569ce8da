import { DAY, HOUR } from '@sso/auth';
import { createBoundedMap } from '../foundation/bounded-map.ts';
import { sha256 } from '../foundation/secrets.ts';
import type { Store } from '../store/index.ts';

/** A client, and a network that says it is the client. */
export interface ClientNetwork {
  readonly clientId: string;
  readonly network: string;
}

/** Networks from which a client's right secret came within a day: those of its servers. */
export interface KnownNetworks {
  includes(pair: ClientNetwork): Promise<boolean>;
  /** The right secret has just come from there. */
  remember(pair: ClientNetwork): Promise<void>;
}

const KNOWN_SECONDS = DAY;
/** Clients come thousands of times a minute; the database is told now and then. */
const REFRESH_SECONDS = HOUR;
/** Of servers that share an address, and of a client whose servers have many. */
const BOUNDS = { accountsPerDevice: 1000, devicesPerAccount: 200 };
const REMEMBERED_HERE = 10_000;

/** Kept in the store, so that a restart and other nodes know them as well, with a copy here. */
export function createKnownNetworks({
  store,
  clock,
}: {
  store: Pick<Store, 'isKnownDevice' | 'rememberDevice'>;
  clock: () => number;
}): KnownNetworks {
  const rememberedAt = createBoundedMap<number>(REMEMBERED_HERE);
  const isFresh = (key: string, seconds: number) => {
    const age = clock() - (rememberedAt.get(key) ?? -Infinity);
    return age >= 0 && age < seconds;
  };
  return {
    async includes(pair) {
      if (isFresh(keyOf(pair), KNOWN_SECONDS)) return true;
      return store.isKnownDevice(rowOf(pair), clock());
    },
    async remember(pair) {
      if (isFresh(keyOf(pair), REFRESH_SECONDS)) return;
      const now = clock();
      rememberedAt.set(keyOf(pair), now);
      const sighting = { ...rowOf(pair), formerHash: undefined, now, expiresAt: now + KNOWN_SECONDS };
      await store.rememberDevice(sighting, BOUNDS);
    },
  };
}

const keyOf = ({ clientId, network }: ClientNetwork) => JSON.stringify([clientId, network]);

/** Among the browsers that signed in, whose secrets are made of other letters. */
function rowOf({ clientId, network }: ClientNetwork) {
  return { deviceHash: sha256(`network ${network}`), accountHash: sha256(`client ${clientId}`) };
}
