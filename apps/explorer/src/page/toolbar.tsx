import { useEffect, useState } from 'react';
import { kinds } from '../model/message.ts';
import { laneTitle, personName } from '../model/sentences.ts';
import { siteNames } from '../records/record.ts';
import type { Filter } from './filter.ts';
import type { Snapshot, Store } from './store.ts';

interface ToolbarProps {
  readonly snapshot: Snapshot;
  readonly store: Store;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** Pausing, stepping through again, and what is shown. */
export function Toolbar({ snapshot, store, filter, onFilter }: ToolbarProps) {
  const { flows, names } = snapshot;
  const subs = [...new Set(flows.flatMap(({ sub }) => sub ?? []))];
  return (
    <div className="explorer-toolbar">
      <Steps snapshot={snapshot} store={store} />
      <fieldset className="explorer-filters" aria-label="Show">
        <Choice
          label="Person"
          all="Everybody"
          options={subs.map((sub) => [sub, personName(sub, names) ?? sub])}
          value={filter.sub}
          onChange={(sub) => onFilter({ ...filter, sub })}
        />
        <Choice
          label="Site"
          all="All sites"
          options={siteNames.map((name) => [name, laneTitle(name)])}
          value={filter.site}
          onChange={(site) => onFilter({ ...filter, site: siteNames.find((name) => name === site) })}
        />
        <Choice
          label="Kind"
          all="All kinds"
          options={kinds.map((kind) => [kind, kindTitles[kind]])}
          value={filter.kind}
          onChange={(kind) => onFilter({ ...filter, kind: kinds.find((name) => name === kind) })}
        />
      </fieldset>
    </div>
  );
}

const kindTitles: Readonly<Record<(typeof kinds)[number], string>> = {
  page: 'Pages',
  redirect: 'Redirects',
  'sign-in': 'Sign-in pages',
  token: 'Tokens',
  keys: 'Keys and discovery',
  api: 'API calls',
  logout: 'Signing out',
  event: 'Event tokens',
};

const STEP_MILLISECONDS = 900;

function Steps({ snapshot, store }: Pick<ToolbarProps, 'snapshot' | 'store'>) {
  const { shown } = snapshot;
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying || shown === undefined) return undefined;
    const timer = setTimeout(() => store.show(shown + 1), STEP_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [isPlaying, shown, store]);
  if (shown === undefined) {
    return (
      <fieldset className="explorer-steps" aria-label="Time">
        <button className="button small" type="button" onClick={store.pause}>
          Pause
        </button>
        <button className="button quiet small" type="button" onClick={() => store.show(1)}>
          Step through again
        </button>
      </fieldset>
    );
  }
  return (
    <fieldset className="explorer-steps" aria-label="Time">
      <button className="button small" type="button" onClick={store.resume}>
        Go on live
      </button>
      <button className="button quiet small" type="button" onClick={() => store.show(shown - 1)}>
        Step back
      </button>
      <button className="button quiet small" type="button" onClick={() => store.show(shown + 1)}>
        Step
      </button>
      <button
        className="button quiet small"
        type="button"
        aria-pressed={isPlaying}
        onClick={() => setPlaying(!isPlaying)}
      >
        Play
      </button>
    </fieldset>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly all: string;
  readonly options: readonly (readonly [value: string, title: string])[];
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, all, options, value = '', onChange }: ChoiceProps) {
  return (
    <label className="explorer-choice">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      >
        <option value="">{all}</option>
        {options.map(([one, title]) => (
          <option key={one} value={one}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
