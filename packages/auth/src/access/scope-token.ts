const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** Whether a text is a scope token (RFC 6749 §3.3): printable ASCII without spaces, quotes and backslashes. */
export function isScopeToken(text: string): boolean {
  return SCOPE_TOKEN.test(text);
}
