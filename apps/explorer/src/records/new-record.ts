import type { Event, Hop } from './record.ts';

/** What a source read; the history gives it its number. */
export type NewRecord = Omit<Hop, 'id'> | Omit<Event, 'id'>;
