import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Failure } from '../terminal/failure.ts';
import { reasonOf } from './files.ts';

const HEADER_BYTES = 100;

/**
 * Refuses a SQLite file that is broken on its face, before anything starts; a missing or empty one is made anew by
 * its app. @see https://www.sqlite.org/fileformat2.html §1.3
 * @throws Failure that names the file
 */
export function requireSoundDatabase(path: string): void {
  if (!existsSync(path)) return;
  const problem = findProblem(path);
  if (problem === undefined) return;
  throw new Failure(
    `The database ${path} ${problem}`,
    `delete ${path}* and start again; demo data is made anew`,
  );
}

function findProblem(path: string): string | undefined {
  try {
    const file = openSync(path, 'r+');
    try {
      return problemOf(file, path);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return `can't be opened (${reasonOf(error)})`;
  }
}

function problemOf(file: number, path: string): string | undefined {
  const { size } = fstatSync(file);
  if (size === 0) return undefined;
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(file, header, 0, HEADER_BYTES, 0);
  if (!header.toString('latin1').startsWith('SQLite format 3\0')) return 'is not a SQLite file';
  // A write-ahead log that was not folded in yet may hold the pages that seem to be missing.
  const isTruncated = isCounted(header) && size < pageSize(header) * header.readUInt32BE(28);
  return isTruncated && !hasContent(`${path}-wal`) ? 'is cut off' : undefined;
}

/** Whether the count of pages in the header is up to date (§1.3.7). */
function isCounted(header: Buffer): boolean {
  return header.readUInt32BE(24) === header.readUInt32BE(92);
}

function pageSize(header: Buffer): number {
  const size = header.readUInt16BE(16);
  return size === 1 ? 65_536 : size;
}

function hasContent(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0;
}
