import type { Session } from '../../session/index.ts';
import type { Site } from '../site.ts';

/** What a request without a refresh does to the session. */
interface TouchActions {
  /** Seal the session anew, so that its idle time starts again. */
  readonly save: boolean;
  /** `always`, `if missing` or `never`: set the marker that nothing is due for a while. */
  readonly mark: 'always' | 'if missing' | 'never';
}

type TouchState = 'touched recently' | 'touch due';
type RefreshState = 'refresh ahead' | 'refresh soon' | 'refresh overdue';

/**
 * Within a minute before a refresh nothing is saved: a slow response could overtake the refresh's and put the old refresh
 * token back. A refresh that is overdue failed, so there is no quiet time to mark.
 */
const touchActions: Record<TouchState, Record<RefreshState, TouchActions>> = {
  'touched recently': {
    'refresh ahead': { save: false, mark: 'if missing' },
    'refresh soon': { save: false, mark: 'if missing' },
    'refresh overdue': { save: false, mark: 'never' },
  },
  'touch due': {
    'refresh ahead': { save: true, mark: 'always' },
    'refresh soon': { save: false, mark: 'if missing' },
    'refresh overdue': { save: true, mark: 'never' },
  },
};

const SOON_SECONDS = 60;

export function findTouchActions(site: Pick<Site, 'clock' | 'lifetimes'>, session: Session): TouchActions {
  const isDue = session.lastSeenAt + site.lifetimes.touchSeconds <= site.clock();
  return touchActions[isDue ? 'touch due' : 'touched recently'][findRefreshState(site, session)];
}

function findRefreshState({ clock }: Pick<Site, 'clock'>, session: Session): RefreshState {
  const untilRefresh = session.refreshDueAt - clock();
  if (untilRefresh <= 0) return 'refresh overdue';
  return session.refreshToken !== undefined && untilRefresh <= SOON_SECONDS
    ? 'refresh soon'
    : 'refresh ahead';
}
