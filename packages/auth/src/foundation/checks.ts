import { isAuthError } from './errors.ts';

/** A value that a detail may show: an identifier, a time, or a list of words. */
export type ComparedValue = string | number | readonly string[] | undefined;

/** One check that was made: what was wanted, what was found, and the verdict. */
export interface Check {
  readonly name: string;
  readonly expected: ComparedValue;
  readonly found: ComparedValue;
  readonly passed: boolean;
}

/** Writes down what the next check compares. */
export type Note = (name: string, expected: ComparedValue, found: unknown) => void;

/** Takes the checks once they are over. `error`: what the last of them threw. */
export type ReportChecks = (checks: readonly Check[], error: unknown) => void;

const ignore: Note = () => {};

/**
 * Runs checks that note what each compares. All that were begun passed, but for the last one where an `AuthError` is thrown.
 * Without `report` nothing is kept.
 */
export async function noteChecks<T>(
  report: ReportChecks | undefined,
  run: (note: Note) => Promise<T>,
): Promise<T> {
  if (!report) return run(ignore);
  const notes: Omit<Check, 'passed'>[] = [];
  const verdicts = (failed: number) => notes.map((one, at) => ({ ...one, passed: at !== failed }));
  try {
    const result = await run((name, expected, found) => {
      notes.push({ name, expected, found: toComparedValue(found) });
    });
    report(verdicts(-1), undefined);
    return result;
  } catch (error) {
    if (isAuthError(error)) report(verdicts(notes.length - 1), error);
    throw error;
  }
}

const MAX_LENGTH = 300;

/** What may be shown of a value that somebody else wrote; `undefined` for every other shape. */
export function toComparedValue(value: unknown): ComparedValue {
  if (typeof value === 'string') return value.slice(0, MAX_LENGTH);
  if (typeof value === 'number') return value;
  if (!Array.isArray(value)) return undefined;
  const words = value.filter((item) => typeof item === 'string');
  return words.slice(0, 50).map((word) => word.slice(0, MAX_LENGTH));
}
