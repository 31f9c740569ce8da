import { z } from 'zod';
import { record } from '../records/record.ts';
import type { Store } from './store.ts';

const facts = z.object({ people: z.record(z.string(), z.string()), sites: z.record(z.string(), z.string()) });
const batch = z.array(record);

export type Facts = z.infer<typeof facts>;

export async function readFacts(): Promise<Facts> {
  const response = await fetch('/facts');
  return facts.parse(await response.json());
}

/** Reads the stream for as long as the page is open; the browser connects again by itself, from where it was. */
export function connect(store: Store): void {
  const stream = new EventSource('/records');
  const known = new Set(Object.keys(store.snapshot().names));
  stream.addEventListener('open', () => store.setConnected(true));
  stream.addEventListener('error', () => store.setConnected(false));
  stream.addEventListener('message', ({ data }) => {
    const records = batch.parse(JSON.parse(String(data)));
    store.add(records);
    void learnNames(store, known, records);
  });
}

/** Somebody whom the provider got to know after this page was opened. */
async function learnNames(store: Store, known: Set<string>, records: z.infer<typeof batch>): Promise<void> {
  const subs = records.flatMap((one) => {
    const sub = one.kind === 'event' ? one.data['sub'] : undefined;
    return typeof sub === 'string' && !known.has(sub) ? [sub] : [];
  });
  if (subs.length === 0) return;
  for (const sub of subs) known.add(sub);
  store.setNames((await readFacts()).people);
}
