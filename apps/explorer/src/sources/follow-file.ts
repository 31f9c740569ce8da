import { type FileHandle, open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

interface FollowOptions {
  /** Takes whole lines, those of one look together. */
  readonly onLines: (lines: readonly string[]) => void;
  readonly signal: AbortSignal;
  /** How much of what is there already is read. Bytes. */
  readonly backlogBytes?: number;
  readonly pauseMilliseconds?: number;
}

interface Position {
  inode: number;
  offset: number;
  rest: Buffer;
}

const BACKLOG_BYTES = 4 * 1024 * 1024;
/** A file system's own notices come late or not at all on some systems; a look at the size costs 20 µs. */
const PAUSE_MILLISECONDS = 40;
const CHUNK_BYTES = 256 * 1024;

/** Reads a log as it grows, also after it was rolled, emptied or made anew. Resolves when the signal is aborted. */
export async function followFile(path: string, options: FollowOptions): Promise<void> {
  const { signal, onLines, backlogBytes = BACKLOG_BYTES, pauseMilliseconds = PAUSE_MILLISECONDS } = options;
  const position: Position = { inode: -1, offset: 0, rest: Buffer.alloc(0) };
  while (!signal.aborted) {
    const lines = await readNew(path, position, backlogBytes);
    if (lines.length > 0) onLines(lines);
    await delay(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

async function readNew(path: string, position: Position, backlogBytes: number): Promise<string[]> {
  const found = await stat(path).catch(() => undefined); // not written yet
  if (!found) return [];
  if (found.ino !== position.inode || found.size < position.offset) {
    const isFirst = position.inode === -1;
    const offset = isFirst ? Math.max(0, found.size - backlogBytes) : 0;
    Object.assign(position, { inode: found.ino, offset, rest: Buffer.alloc(0) });
  }
  if (found.size === position.offset) return [];
  const file = await open(path);
  try {
    return await readTo(file, position, found.size);
  } finally {
    await file.close();
  }
}

async function readTo(file: FileHandle, position: Position, end: number): Promise<string[]> {
  const lines: string[] = [];
  while (position.offset < end) {
    const buffer = Buffer.alloc(Math.min(CHUNK_BYTES, end - position.offset));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position.offset);
    if (bytesRead === 0) break;
    position.offset += bytesRead;
    const all = Buffer.concat([position.rest, buffer.subarray(0, bytesRead)]);
    const last = all.lastIndexOf(10) + 1;
    position.rest = all.subarray(last);
    if (last > 0) lines.push(...all.toString('utf8', 0, last).split('\n').filter(Boolean));
  }
  return lines;
}
