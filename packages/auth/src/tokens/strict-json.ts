const MAX_DEPTH = 32;

/**
 * Parses JSON and refuses what two parsers could read differently: a member named twice (RFC 7515 §4 and
 * RFC 7519 §4 leave last-wins or refusal open; two services that choose differently can be played against each
 * other), and nesting deeper than any claim needs.
 *
 * @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  refuseDuplicateMembers(text);
  return value;
}

/** Strings, structural characters, and the rest, which holds no decision. Linear: no alternative overlaps another. */
const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]|[^"{}[\],]+/g;

/** Walks text that is known to be valid JSON. An open object is the set of its names, an open array is `null`. */
function refuseDuplicateMembers(text: string): void {
  const open: (Set<string> | null)[] = [];
  let nameExpected = false;
  for (const [token] of text.matchAll(JSON_TOKEN)) {
    const names = open.at(-1);
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null);
    else if (token === '}' || token === ']') open.pop();
    else if (nameExpected && names && token.startsWith('"')) addName(names, token);
    if (open.length > MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH}`);
    nameExpected = token === '{' || token === ',' || (nameExpected && token.trim() === '');
  }
}

/** `"a"` and `"\u0061"` are the same name. */
function addName(names: Set<string>, token: string): void {
  const name: unknown = JSON.parse(token);
  if (typeof name !== 'string') return;
  if (names.has(name)) throw new SyntaxError('a member appears twice');
  names.add(name);
}
