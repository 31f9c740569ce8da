import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** Calls back with each line of a text stream, the last one included even when nothing ends it. */
export function eachLine(stream: Readable, take: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line.replace(/\r$/, ''));
  });
  stream.on('end', () => {
    if (rest !== '') take(rest);
    rest = '';
  });
}

export interface Tail {
  readonly push: (line: string) => void;
  readonly lines: () => readonly string[];
}

/** The last lines that say something, without colours. */
export function createTail(size: number): Tail {
  const kept: string[] = [];
  return {
    push: (line) => {
      const plain = stripVTControlCharacters(line).trimEnd();
      if (plain === '') return;
      kept.push(plain);
      if (kept.length > size) kept.shift();
    },
    lines: () => [...kept],
  };
}
