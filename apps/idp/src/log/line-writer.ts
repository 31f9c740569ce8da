/** Gathers the lines of one turn of the event loop and writes them at once: a system call per line costs more. */
export interface LineWriter {
  readonly write: (line: string) => void;
  /** Writes what is gathered now: to a file, a pipe or a terminal it is with the system when this returns. */
  readonly flush: () => void;
}

export function createLineWriter(stream: { write(text: string): unknown }): LineWriter {
  let lines = '';
  const flush = () => {
    const text = lines;
    lines = '';
    if (text !== '') stream.write(text);
  };
  return {
    flush,
    write(line) {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}
