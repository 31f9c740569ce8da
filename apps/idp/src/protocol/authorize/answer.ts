import { OAuthError, wireText } from '../../http/oauth-error.ts';
import { seeOther } from '../../http/pages.ts';
import type { Recipient } from './client.ts';

/** Where an authorization response goes. */
export type ReturnAddress = Pick<Recipient, 'redirectUri'> & { readonly state: string | undefined };

interface Sender {
  readonly issuer: string;
}

/** The success response: code, state and `iss`, which defends clients of several providers (RFC 9207 §2). */
export function codeResponse(
  sender: Sender,
  to: ReturnAddress,
  code: string,
  cookies: readonly string[],
): Response {
  return seeOther(addressOf(sender, to, { code }), cookies);
}

/** The error response (RFC 6749 §4.1.2.1), with state and `iss` like a success. */
export function errorResponse(
  sender: Sender,
  to: ReturnAddress,
  error: OAuthError,
  cookies: readonly string[] = [],
): Response {
  return seeOther(
    addressOf(sender, to, { error: error.code, error_description: wireText(error.message) }),
    cookies,
  );
}

function addressOf(
  { issuer }: Sender,
  { redirectUri, state }: ReturnAddress,
  answer: Readonly<Record<string, string>>,
): string {
  const query = new URLSearchParams(answer);
  if (state !== undefined) query.set('state', state);
  query.set('iss', issuer);
  // Appended as text: the registered address goes out exactly as it was registered, its own query included.
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}`;
}
