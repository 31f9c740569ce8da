import type { NewRecord } from '../records/new-record.ts';
import type { DiagramRecord } from '../records/record.ts';

type Listener = (records: readonly DiagramRecord[]) => void;

/** What was read lately. */
export interface History {
  readonly add: (records: readonly NewRecord[]) => void;
  /** Those after an id, oldest first. */
  readonly since: (id: number) => readonly DiagramRecord[];
  /** @returns what ends it */
  readonly listen: (listener: Listener) => () => void;
}

/** A request has three events or so; with more of them the oldest go. */
const RECORDS_PER_MESSAGE = 4;

/** @param messages how many requests are kept */
export function createHistory(messages: number): History {
  const limit = messages * RECORDS_PER_MESSAGE;
  const listeners = new Set<Listener>();
  let kept: DiagramRecord[] = [];
  let lastId = 0;
  return {
    add(records) {
      const added = records.map((one): DiagramRecord => ({ ...one, id: ++lastId }));
      kept.push(...added);
      // By a tenth at once, so that most calls only push.
      if (kept.length > limit * 1.1) kept = kept.slice(-limit);
      for (const listener of listeners) listener(added);
    },
    since: (id) => (id === 0 ? [...kept] : kept.filter((one) => one.id > id)),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
