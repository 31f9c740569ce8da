import { z } from 'zod';
import type { Event, SiteName } from '../records/record.ts';

const line = z.looseObject({ time: z.iso.datetime(), type: z.string() });

/** What is told of every request once more, and what is about the machine. */
const unimportant = new Set(['request.answered', 'outbox.counted']);

/**
 * One line of an app's log.
 *
 * @returns undefined for a line that is no event
 */
export function readEventLine(text: string, site: SiteName): Omit<Event, 'id'> | undefined {
  if (!text.startsWith('{')) return undefined;
  const parsed = line.safeParse(parseJson(text));
  if (!parsed.success || unimportant.has(parsed.data.type)) return undefined;
  const { time, type, level: _level, audit: _audit, ...data } = parsed.data;
  return { kind: 'event', at: Date.parse(time), site, type, data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // words in braces
  }
}
