import type { RenderFormPost } from '../../http/form-post.ts';
import { errorParameters, type OAuthError } from '../../http/oauth-error.ts';
import { seeOther } from '../../http/pages.ts';
import type { AuthorizationRequest } from '../../store/index.ts';

/** Where an authorization response goes, and how it gets there. */
export type ResponseTarget = Pick<AuthorizationRequest, 'redirectUri' | 'state' | 'responseMode'>;

/** The issuer, and how it renders a form_post page. */
export interface ResponseSender {
  readonly issuer: string;
  readonly showFormPost: RenderFormPost;
}

/** The success response: code, state and `iss`, which defends clients of several providers (RFC 9207 §2). */
export function codeResponse(
  sender: ResponseSender,
  to: ResponseTarget,
  code: string,
  cookies: readonly string[],
): Promise<Response> {
  return send(sender, to, { code }, cookies);
}

/** The error response (RFC 6749 §4.1.2.1), with state and `iss` like a success. */
export function errorResponse(
  sender: ResponseSender,
  to: ResponseTarget,
  error: OAuthError,
  cookies: readonly string[] = [],
): Promise<Response> {
  return send(sender, to, errorParameters(sender.issuer, error), cookies);
}

/** Where an error response in the query leads. */
export function errorResponseAddress(issuer: string, to: ResponseTarget, error: OAuthError): string {
  return withQuery(to.redirectUri, fieldsOf(issuer, to, errorParameters(issuer, error)));
}

type Fields = Readonly<Record<string, string>>;

async function send(
  { issuer, showFormPost }: ResponseSender,
  to: ResponseTarget,
  parameters: Fields,
  cookies: readonly string[],
): Promise<Response> {
  const fields = fieldsOf(issuer, to, parameters);
  return to.responseMode === 'form_post'
    ? showFormPost({ action: to.redirectUri, fields, cookies })
    : seeOther(withQuery(to.redirectUri, fields), cookies);
}

function fieldsOf(issuer: string, { state }: ResponseTarget, parameters: Fields): Fields {
  return { ...parameters, ...(state !== undefined && { state }), iss: issuer };
}

/** Appended as text: the registered address goes out exactly as it was registered, its own query included. */
function withQuery(redirectUri: string, fields: Fields): string {
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(fields).toString()}`;
}
