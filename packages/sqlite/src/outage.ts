import { codeOf } from './sqlite-error.ts';

/** @see https://www.sqlite.org/rescode.html */
const OUTAGES = /^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|FULL|READONLY)/;

/**
 * SQLite's code of why the file can't be worked with now: it is locked by another process, away, not to be written, or on a
 * disk that is full or fails. Undefined for all else, such as a wrong statement or a broken constraint. The error's causes are
 * looked at as well.
 */
export function findOutageCode(error: unknown): string | undefined {
  const code = codeOf(error);
  if (code !== undefined && OUTAGES.test(code)) return code;
  return error instanceof Error && error.cause !== undefined ? findOutageCode(error.cause) : undefined;
}
