const MAX_DEPTH = 32;

/**
 * Parses JSON and refuses duplicate members. RFC 7515 §4 and RFC 7519 §4 let a parser refuse them or take the last one, so
 * two services could read one token differently, and an attacker could use that. Also refuses nesting deeper than any
 * claim needs.
 *
 * @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // JSON.parse keeps the last of two members with one name, however it is escaped: fewer are kept than written.
  if (countKept(value, 0) !== countWritten(text)) throw new SyntaxError('a member appears twice');
  return value;
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countKept(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH}`);
  const members: unknown[] = Object.values(value);
  let count = Array.isArray(value) ? 0 : members.length;
  for (const member of members) count += countKept(member, depth + 1);
  return count;
}

/** Each member has one colon outside strings. The text is valid JSON, so every string is closed. */
function countWritten(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === ':') count++;
    if (text[at] === '"') at = endOfString(text, at + 1);
  }
  return count;
}

/** The index of the quote that ends the string: the first one that no backslash escapes. */
function endOfString(text: string, start: number): number {
  let at = start;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}
