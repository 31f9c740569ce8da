import type { ErrorExplanation } from '../packages/auth/src/foundation/index.ts';

type Chapters = Readonly<Record<string, Readonly<Record<string, ErrorExplanation>>>>;

/** docs/errors.md: its preface, then a chapter per group of errors and a section per code. */
export function errorsDocument(preface: string, chapters: Chapters): string {
  const rendered = Object.entries(chapters).map(([title, errors]) => {
    const sections = Object.entries(errors).map(([code, { cause, fix }]) =>
      [`## ${code}`, wrap(`**Cause.** ${cause}`), wrap(`**Fix.** ${fix}`)].join('\n\n'),
    );
    return [`# ${title}`, ...sections].join('\n\n');
  });
  return `${preface}${rendered.join('\n\n')}\n`;
}

const WIDTH = 120;

function wrap(text: string): string {
  const lines: string[] = [];
  // Code between backticks stays on one line.
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines.join('\n');
}
