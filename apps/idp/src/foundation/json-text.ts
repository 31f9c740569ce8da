/**
 * Parses the text of a JSON file. Some editors put a byte order mark before it, which a parser may ignore (RFC 8259 §8.1).
 *
 * @throws SyntaxError whose message quotes the text
 */
export function parseJsonText(text: string): unknown {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  return value;
}
