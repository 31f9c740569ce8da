import type { Event } from '../records/record.ts';

/** A member of an event that is a text. */
export function textOf(event: Event | undefined, name: string): string | undefined {
  const value = event?.data[name];
  return typeof value === 'string' ? value : undefined;
}

export function findEvent(events: readonly Event[], ...types: readonly string[]): Event | undefined {
  return events.find(({ type }) => types.includes(type));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}
