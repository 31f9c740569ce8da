/**
 * A JSON object without its members that are null or empty text: servers write those for what they don't have, where the
 * standards leave the member out (RFC 6749 §5.1, RFC 8414 §2, RFC 7517 §4).
 */
export function presentMembers(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== ''));
}
