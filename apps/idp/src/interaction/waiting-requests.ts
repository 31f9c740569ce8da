import type { Cookies } from '../http/cookies.ts';
import type { RequestOrigin } from '../http/routes.ts';
import { createBoundedMap } from '../foundation/bounded-map.ts';
import { sha256 } from '../foundation/secrets.ts';
import {
  createArrivals,
  type Interaction,
  type InteractionRequest,
  type NewInteraction,
  type StageBound,
  type Store,
} from '../store/index.ts';
import type { WaitingBudgets } from './waiting-budgets.ts';

/**
 * Requests wait within bounds (F-14). Whoever sends more than fit is not refused; the oldest of the same network, or of
 * the same client, make room.
 */
export interface WaitingRequests {
  /** Adds one, under the budget of an address or of a client that has proved itself. */
  hold(request: WaitingRequest): Promise<void>;
  /** Its page is opened for the first time. */
  open(interaction: Interaction, browserRequest: Request): Promise<void>;
  /**
   * Whether a request of this address that isn't there, though its time is not yet over, has made room: those that took
   * its place are younger, so as many as may wait are still there.
   */
  haveMadeRoom(address: string | undefined): Promise<boolean>;
}

type WaitingRequest = Pick<NewInteraction, 'id' | 'browserHash' | 'expiresAt'> & {
  readonly request: InteractionRequest;
  readonly from: RequestOrigin;
};

interface Context {
  readonly store: Store;
  readonly cookies: Cookies;
  readonly clock: () => number;
  readonly budgets: WaitingBudgets;
}

export function createWaitingRequests({ store, cookies, clock, budgets }: Context): WaitingRequests {
  const nextArrival = createArrivals();
  const isDue = createTurns();
  const makeRoom = async (bound: StageBound) => {
    if (isDue(bound)) await store.displaceInteractions(bound);
  };
  return {
    async hold({ from, ...waiting }) {
      const budget =
        'clientId' in from
          ? budgets.keyOfClient(from.clientId)
          : budgets.keyOf(from.address, waiting.request);
      await store.addInteraction({ ...waiting, budget, arrival: nextArrival(clock()) });
      await makeRoom(budgets.boundOfUnopened(budget));
    },
    async open({ id, budget }, browserRequest) {
      const device = cookies.device.read(browserRequest);
      const isKnown = device !== undefined && (await store.isKnownBrowser(sha256(device), clock()));
      await store.recordOpened(id, isKnown);
      if (budget === undefined) return;
      for (const bound of budgets.boundsOfOpened(budget)) await makeRoom(bound);
    },
    async haveMadeRoom(address) {
      for (const bound of budgets.boundsOf(address)) if (await store.isBoundReached(bound)) return true;
      return false;
    },
  };
}

/** Looking for what is beyond a bound of thousands takes as long as adding one, so at most so many are added before. */
const MOST_ADDED = 16;
/** Of a bound; so a small one is never exceeded. */
const SHARE_ADDED = 1 / 250;
/** More than enough for the budgets that are used at one time. */
const COUNTED_BUDGETS = 10_000;

/** Whether it is time to look again at a bound. */
function createTurns(): (bound: StageBound) => boolean {
  const counts = createBoundedMap<number>(COUNTED_BUDGETS);
  return ({ budget, from, most }) => {
    const key = `${budget} ${from}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count % Math.min(MOST_ADDED, Math.ceil(most * SHARE_ADDED)) === 0;
  };
}
