import type { DiagramRecord, Event, Hop } from '../records/record.ts';
import { describeMessage } from './describe-message.ts';
import { fits } from './fits.ts';
import type { Lane, Message } from './message.ts';
import { stepOf } from './steps.ts';

/** The picture of what was read so far. */
export interface Diagram {
  readonly add: (records: readonly DiagramRecord[]) => void;
  /** By the time at which each request began. A new array after each change. */
  readonly messages: () => readonly Message[];
  /** Everything that the picture is made of, to save it. */
  readonly records: () => readonly DiagramRecord[];
  readonly clear: () => void;
}

interface Entry {
  readonly hop: Hop;
  readonly events: Event[];
  caller: Lane | undefined;
  /** Undefined until it is asked for, after each change. */
  message: Message | undefined;
}

/** An event whose request is not logged yet waits here; one that belongs to none is forgotten with time. */
const MAX_WAITING = 500;
/** So far back a request is looked for: it was logged a moment ago. */
const LOOK_BACK = 60;

/** @param limit how many requests are kept */
export function createDiagram(limit = 5000): Diagram {
  let entries: Entry[] = [];
  let waiting: Event[] = [];
  let list: readonly Message[] | undefined;

  const addHop = (hop: Hop) => {
    const entry: Entry = { hop, events: [], caller: undefined, message: undefined };
    entries.splice(positionFor(entries, hop.at), 0, entry);
    waiting = waiting.filter((event) => !attach([entry], event));
    findCallers(entries, entry);
    if (entries.length > limit * 1.05) entries = entries.slice(-limit);
  };
  const addEvent = (event: Event) => {
    if (attach(entries.slice(-LOOK_BACK), event)) return;
    waiting.push(event);
    if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING / 2);
  };
  return {
    add(records) {
      list = undefined;
      for (const one of records)
        if (one.kind === 'hop') addHop(one);
        else addEvent(one);
    },
    messages: () => (list ??= entries.map((entry) => (entry.message ??= describeMessage(entry)))),
    records: () => entries.flatMap(({ hop, events }) => [hop, ...events]),
    clear() {
      entries = [];
      waiting = [];
      list = undefined;
    },
  };
}

/** Requests are logged when they end, so one that began earlier may come later. */
function positionFor(entries: readonly Entry[], at: number): number {
  let position = entries.length;
  while (position > 0 && (entries[position - 1]?.hop.at ?? 0) > at) position -= 1;
  return position;
}

function attach(entries: readonly Entry[], event: Event): boolean {
  const entry = entries.findLast(({ hop }) => fits(event, hop));
  if (!entry) return false;
  const after = entry.events.findLastIndex(({ at }) => at <= event.at);
  entry.events.splice(after + 1, 0, event);
  entry.message = undefined;
  return true;
}

/** Who called, where nobody says it: the site whose own request was under way at the time. */
function findCallers(entries: readonly Entry[], added: Entry): void {
  const near = entries.slice(-LOOK_BACK);
  for (const entry of near) {
    if (entry.caller !== undefined || !isCall(entry.hop)) continue;
    const outer =
      entry === added
        ? near.findLast(({ hop }) => holds(hop, entry.hop))
        : holds(added.hop, entry.hop)
          ? added
          : undefined;
    if (!outer) continue;
    entry.caller = outer.hop.site;
    entry.message = undefined;
  }
}

const isCall = (hop: Hop) => !hop.isBrowser && stepOf(hop).sender === 'site';

/** Whether a request was answered while another one of another site waited. */
export function holds(outer: Hop, inner: Hop): boolean {
  return outer.site !== 'idp' && outer.site !== inner.site && outer.at <= inner.at && outer.end >= inner.end;
}
