import type { Session } from '../../session/index.ts';
import type { Site } from '../site.ts';

/** What a request without a refresh does to the session. */
interface TouchActions {
  /** Seal the session anew, so that its idle time starts again. */
  readonly save: boolean;
  /** When to set the `fresh` cookie, which says until when neither a refresh nor a touch is due. */
  readonly setFresh: 'always' | 'if missing' | 'never';
}

type TouchState = 'touched recently' | 'touch due';
type RefreshState = 'refresh later' | 'refresh soon' | 'refresh overdue';

/**
 * Within a minute before a refresh nothing is saved: a slow response could overtake the refresh's and put the old refresh
 * token back. An overdue refresh has failed and is tried again soon, so the `fresh` cookie is not set.
 */
const touchActions: Record<TouchState, Record<RefreshState, TouchActions>> = {
  'touched recently': {
    'refresh later': { save: false, setFresh: 'if missing' },
    'refresh soon': { save: false, setFresh: 'if missing' },
    'refresh overdue': { save: false, setFresh: 'never' },
  },
  'touch due': {
    'refresh later': { save: true, setFresh: 'always' },
    'refresh soon': { save: false, setFresh: 'if missing' },
    'refresh overdue': { save: true, setFresh: 'never' },
  },
};

/** A slow response arrives within this, integer seconds. */
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
    : 'refresh later';
}
