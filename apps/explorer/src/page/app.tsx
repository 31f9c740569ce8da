import { useMemo, useState, useSyncExternalStore } from 'react';
import { Details } from './details.tsx';
import { type Filter, noFilter, rowsOf } from './filter.ts';
import { Header } from './header.tsx';
import { SitesPanel } from './sites-panel.tsx';
import type { Store } from './store.ts';
import { Timeline } from './timeline.tsx';
import { Toolbar } from './toolbar.tsx';
import { Tour, useTouring } from './tour.tsx';

interface AppProps {
  readonly store: Store;
  readonly sites: Readonly<Record<string, string>>;
}

/** The explorer's one page. */
export function App({ store, sites }: AppProps) {
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [selectedId, select] = useState<number>();
  const [isTouring, tour] = useTouring();
  const rows = useMemo(() => rowsOf(snapshot.flows, filter), [snapshot.flows, filter]);
  const selected = snapshot.messages.find(({ id }) => id === selectedId);
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the diagram
      </a>
      <Header snapshot={snapshot} store={store} sites={sites} onTour={() => tour(true)} />
      <main id="main" className="explorer">
        {isTouring && snapshot.file === undefined && (
          <Tour snapshot={snapshot} sites={sites} selected={selected} onEnd={() => tour(false)} />
        )}
        <Toolbar snapshot={snapshot} store={store} filter={filter} onFilter={setFilter} />
        <div className="explorer-columns">
          <Timeline
            rows={rows}
            names={snapshot.names}
            selectedId={selectedId}
            isLive={snapshot.shown === undefined}
            onSelect={select}
          />
          <div className="explorer-side">
            {selected ? (
              <Details key={selected.id} message={selected} onClose={() => select(undefined)} />
            ) : (
              <SitesPanel messages={snapshot.messages} names={snapshot.names} />
            )}
          </div>
        </div>
      </main>
    </>
  );
}
