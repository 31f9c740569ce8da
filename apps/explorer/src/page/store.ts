import { createDiagram } from '../model/diagram.ts';
import { type Flow, groupFlows } from '../model/flows.ts';
import type { Message } from '../model/message.ts';
import type { Names } from '../model/sentences.ts';
import type { DiagramFile, DiagramRecord } from '../records/record.ts';

/** What the page shows. A new object after each change. */
export interface Snapshot {
  readonly messages: readonly Message[];
  readonly flows: readonly Flow[];
  readonly names: Names;
  /** How many messages are shown while it is paused; undefined while it draws by itself. */
  readonly shown: number | undefined;
  /** The name of a file in place of what happens now. */
  readonly file: string | undefined;
  readonly isConnected: boolean;
}

/** What the page knows and does. */
export interface Store {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => Snapshot;
  readonly add: (records: readonly DiagramRecord[]) => void;
  readonly setNames: (names: Names) => void;
  readonly setConnected: (isConnected: boolean) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Shows so many messages. */
  readonly show: (count: number) => void;
  readonly load: (name: string, file: DiagramFile) => void;
  /** Everything that is kept, to save it. */
  readonly records: () => readonly DiagramRecord[];
}

/** @param schedule runs what draws, soon and once */
export function createStore(schedule: (draw: () => void) => void): Store {
  let diagram = createDiagram();
  const listeners = new Set<() => void>();
  let current: Snapshot = {
    messages: [],
    flows: [],
    names: {},
    shown: undefined,
    file: undefined,
    isConnected: false,
  };
  let isScheduled = false;
  const draw = () => {
    isScheduled = false;
    const all = diagram.messages();
    const messages = current.shown === undefined ? all : all.slice(0, current.shown);
    current = { ...current, messages, flows: groupFlows(messages) };
    for (const listener of listeners) listener();
  };
  const change = (changes: Partial<Snapshot>) => {
    current = { ...current, ...changes };
    if (isScheduled) return;
    isScheduled = true;
    schedule(draw);
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    add(records) {
      if (current.file !== undefined) return;
      diagram.add(records);
      if (current.shown === undefined) change({});
    },
    setNames: (names) => change({ names: { ...current.names, ...names } }),
    setConnected: (isConnected) => change({ isConnected }),
    pause: () => change({ shown: diagram.messages().length }),
    resume: () => change({ shown: undefined }),
    show: (count) => change({ shown: Math.max(0, Math.min(count, diagram.messages().length)) }),
    load(name, { records, people }) {
      diagram = createDiagram();
      diagram.add(records);
      change({ file: name, names: people, shown: undefined });
    },
    records: () => diagram.records(),
  };
}
