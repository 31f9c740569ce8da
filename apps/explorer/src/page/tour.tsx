import { useState } from 'react';
import type { Message } from '../model/message.ts';
import type { Snapshot } from './store.ts';
import { findStop, stops } from './tour-stops.ts';

interface TourProps {
  readonly snapshot: Snapshot;
  readonly sites: Readonly<Record<string, string>>;
  readonly selected: Message | undefined;
  readonly onEnd: () => void;
}

const KEY = 'explorer.tour';

/** Whether the tour is shown: on the first visit, and when somebody asks for it. */
export function useTouring(): readonly [boolean, (isTouring: boolean) => void] {
  const [isTouring, set] = useState(() => localStorage.getItem(KEY) !== 'over');
  const change = (next: boolean) => {
    localStorage.setItem(KEY, next ? 'on' : 'over');
    set(next);
  };
  return [isTouring, change];
}

/** Six stops. Each waits until the person has done it, in their own tab and at their own pace. */
export function Tour({ snapshot, sites, selected, onEnd }: TourProps) {
  const [reached, setReached] = useState(0);
  const [since] = useState(() => Date.now());
  // What somebody did before is in the diagram too, and is no answer to what the tour asks for.
  const flows = snapshot.flows.filter(({ messages }) => messages.some(({ hop }) => hop.at > since));
  const messages = snapshot.messages.filter(({ hop }) => hop.at > since);
  const now = findStop(reached, { flows, messages, selected });
  if (now !== reached) setReached(now);
  const stop = stops[now];
  return (
    <section className="tour" aria-labelledby="tour-heading">
      <div>
        <p className="eyebrow">{stop ? `Tour · ${now + 1} of ${stops.length}` : 'Tour'}</p>
        <h2 id="tour-heading">{stop ? stop.title : 'You have seen a whole single sign-on'}</h2>
        <p aria-live="polite">
          {stop ? stop.text : 'Everything from here on is yours: nothing was made up for you.'}
        </p>
      </div>
      <div className="tour-actions">
        {stop?.site !== undefined && (
          <a className="button small" href={sites[stop.site]} target="_blank" rel="noreferrer">
            Open {stop.site === 'shop' ? 'the shop' : 'the blog'}
          </a>
        )}
        <button className="button quiet small" type="button" onClick={onEnd}>
          {stop ? 'Skip the tour' : 'End the tour'}
        </button>
      </div>
    </section>
  );
}
