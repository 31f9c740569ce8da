/** An error that may be logged: name, message and code, and nothing else. */
export type PlainError = Error & { readonly code?: string };

/**
 * A copy of an error without anything that a library attached to it: errors of `oauth4webapi` hold whole responses,
 * with the tokens in them (G19).
 */
export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return new Error('a value that is not an error was thrown');
  const message = plainMessage(error);
  const inner = error.cause instanceof Error ? plainMessage(error.cause) : message;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const text = inner === message ? message : `${message}: ${inner}`;
  return Object.assign(new Error(text), { name: error.name }, code);
}

/** A parser's message quotes the text that it could not read, and that text may be a token. */
const plainMessage = (error: Error): string =>
  error instanceof SyntaxError ? 'the answer is not JSON' : error.message;
