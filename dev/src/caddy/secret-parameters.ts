/**
 * Query parameters that no log may show (RFC 9700 §4.2, §4.3): credentials, what binds a flow to a browser, and what
 * names a person. The Caddyfile carries the same names, checked by a test.
 */
export const secretParameters = [
  'code',
  'state',
  'nonce',
  'session_state',
  'code_verifier',
  'id_token_hint',
  'login_hint',
  'logout_hint',
  'logout_token',
  'request',
  'request_uri',
  'access_token',
  'refresh_token',
  'id_token',
  'token',
  'subject_token',
  'actor_token',
  'client_secret',
  'client_assertion',
  'assertion',
  'username',
  'password',
] as const;

const secret = new RegExp(`([?&](?:${secretParameters.join('|')})=)[^&#\\s"']+`, 'g');

/** A log line with the values of those parameters taken out. */
export function redact(line: string): string {
  return line.replace(secret, '$1…');
}
