import { createLog, type Log } from '../src/log/log.ts';
import type { LogLevel } from '../src/log/levels.ts';

/** A log that keeps its lines. */
export function createTestLog(level: LogLevel = 'debug'): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const log = createLog({ level, write: (line) => void lines.push(line), now: () => 0 });
  return { log, lines };
}
