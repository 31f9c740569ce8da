const MAX_QUOTED_LENGTH = 120;

/**
 * A foreign value as it may stand in a message or log line: quoted, printable ASCII only, cut at 120 characters.
 * What a sender chose can't start a new line or pretend to be one of ours (CWE-117).
 */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const short = text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…` : text;
  return `"${short.replaceAll(/[^\x20-\x7E…]|["\\]/g, '?')}"`;
}
