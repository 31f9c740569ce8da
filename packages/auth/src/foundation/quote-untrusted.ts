const MAX_QUOTED_LENGTH = 120;

/**
 * An untrusted value in the form in which a message or log line may show it: in quotes, printable ASCII, at most 120
 * characters. Its sender can't start a new line or forge another log entry (CWE-117).
 */
export function quoteUntrusted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  const short = text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}…` : text;
  return `"${short.replaceAll(/[^\x20-\x7E…]|["\\]/g, '?')}"`;
}
