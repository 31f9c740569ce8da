import { type DiagramFile, diagramFile, type DiagramRecord } from '../records/record.ts';

/** A file that holds everything that a diagram is made of. */
export function toDiagramFile(
  records: readonly DiagramRecord[],
  people: Readonly<Record<string, string>>,
  savedAt: Date,
): string {
  const file: DiagramFile = {
    format: 'one-login-diagram',
    version: 1,
    savedAt: savedAt.toISOString(),
    people,
    records: [...records],
  };
  return JSON.stringify(file);
}

/** @throws Error that says that the text is no such file */
export function readDiagramFile(text: string): DiagramFile {
  const parsed = diagramFile.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new Error('This is no diagram that the explorer saved: choose a .json file of “Save”.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
