/** More than any note needs, and few enough that the parser, whose time grows with their square, is done at once. */
const MOST = { lines: 1000, marks: 1500, nesting: 12 } as const;

const MARKS = /[*_[\]`<>!]/g;

/** A line that begins with more quotes and lists within one another than anybody reads. */
const DEEP = new RegExp(String.raw`^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){${MOST.nesting + 1}}`, 'm');

/**
 * Why a text would be costly to parse, in the words that follow the name of its field; undefined where it is not.
 *
 * Twenty thousand characters of `+ ` cost the parser twenty seconds of processor: without this anybody who writes could
 * stop the site.
 */
export function findParsingCost(body: string): string | undefined {
  if (body.split('\n', MOST.lines + 1).length > MOST.lines) return `has more than ${MOST.lines} lines`;
  if ((body.match(MARKS)?.length ?? 0) > MOST.marks)
    return `has more than ${MOST.marks} signs of Markdown, such as * and [`;
  if (DEEP.test(body)) return `has lists or quotes more than ${MOST.nesting} deep`;
  return undefined;
}
