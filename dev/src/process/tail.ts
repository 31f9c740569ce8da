import { stripVTControlCharacters } from 'node:util';

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
