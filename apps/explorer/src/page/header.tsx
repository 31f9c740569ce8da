import { explorer } from '@sso/domains';
import { toDiagramFile } from '../export/diagram-file.ts';
import { toHar } from '../export/har.ts';
import { toMermaid } from '../export/mermaid.ts';
import { LoadFile } from './load-file.tsx';
import { offer } from './offer.ts';
import type { Snapshot, Store } from './store.ts';

interface HeaderProps {
  readonly snapshot: Snapshot;
  readonly store: Store;
  readonly sites: Readonly<Record<string, string>>;
  readonly onTour: () => void;
}

export function Header({ snapshot, store, sites, onTour }: HeaderProps) {
  const { messages, flows, names } = snapshot;
  return (
    <header className="site-header">
      <div className="page explorer-page">
        <h1 className="brand">
          <Mark />
          {explorer.title}
        </h1>
        <output className="explorer-state">{stateOf(snapshot)}</output>
        <button className="button quiet small explorer-tour" type="button" onClick={onTour}>
          Tour
        </button>
        <fieldset className="explorer-files" aria-label="Files">
          <button
            className="button quiet small"
            type="button"
            onClick={() => offer('sign-in.mmd', 'text/plain', toMermaid(flows, names))}
          >
            Mermaid
          </button>
          <button
            className="button quiet small"
            type="button"
            onClick={() => offer('sign-in.har', 'application/json', toHar(messages, sites))}
          >
            HAR
          </button>
          <button
            className="button quiet small"
            type="button"
            onClick={() =>
              offer(
                'sign-in-diagram.json',
                'application/json',
                toDiagramFile(store.records(), names, new Date()),
              )
            }
          >
            Save
          </button>
          <LoadFile onLoad={store.load} />
        </fieldset>
      </div>
    </header>
  );
}

function stateOf({ file, isConnected, shown, messages }: Snapshot): string {
  const count = `${messages.length} ${messages.length === 1 ? 'step' : 'steps'}`;
  if (file !== undefined) return `${count} from ${file}`;
  if (!isConnected) return 'Connecting …';
  return shown === undefined ? `Live · ${count}` : `Paused · ${count}`;
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden="true">
      <path d="M7 4v24M16 4v24M25 4v24" strokeDasharray="2 3" />
      <path d="M7 11h9m9 9h-9" />
      <path d="m13 8 3 3-3 3m6 9-3-3 3-3" />
    </svg>
  );
}
