import { OAuthError } from './oauth-error.ts';
import { PageError } from './page-error.ts';
import { findTextFault } from './text-faults.ts';

/** One path and its handlers. The lists of routes are the map of the provider. */
export interface Route {
  readonly path: string;
  /** What an error is sent as: a page for a person, or an OAuth error as JSON for a program (RFC 6749 §5.2). */
  readonly errorFormat: 'html' | 'json';
  readonly get?: Handler;
  readonly post?: Handler;
  readonly put?: Handler;
  readonly delete?: Handler;
  /** Scripts of other origins may call it; see `cors.ts`. */
  readonly cors?: boolean;
  /** Whether a POST must come from a page of the provider's own, by its Origin header. */
  readonly sameOriginOnly?: boolean;
}

/** What a handler may ask about a request besides the request itself. */
export interface RequestContext {
  /** The path's `:id`, or empty. */
  readonly id: string;
  /** Who sent it, as far as trusted proxies say; undefined when it came through no socket. */
  clientAddress(): string | undefined;
}

/** Whom a request counts for: a client that has proved who it is, else the address it came from. */
export type RequestOrigin = { readonly clientId: string } | { readonly address: string | undefined };

export type Handler = (request: Request, context: RequestContext) => Response | Promise<Response>;

/**
 * the `:id` of a path, as text that a database can look for.
 *
 * @throws OAuthError invalid_request
 */
export function requireUsableId(id: string): string {
  const fault = findTextFault(id);
  if (fault === undefined) return id;
  throw new OAuthError('invalid_request', `the address ${fault}`);
}

/**
 * P-13: a form post that another site caused carries that site's Origin, or none we know (login CSRF, forced
 * sign-out). Every browser of the last years sends Origin with a POST, so a missing one is refused too.
 *
 * @throws PageError
 */
export function requireSameOrigin(request: Request, issuer: string): void {
  const origin = request.headers.get('origin');
  if (origin === issuer) return;
  throw new PageError({
    status: 403,
    code: 'foreign_form',
    title: 'This form can’t be taken',
    reason: senderOf(origin),
    fix: 'Open the page again and use its buttons. If that does not help, check for browser extensions that change requests.',
  });
}

function senderOf(origin: string | null): string {
  if (origin === null) return 'It came without saying which page sent it (the header Origin is missing).';
  if (origin === 'null') return 'The browser keeps to itself which page sent it (the header Origin is null).';
  return 'The browser says that a page of another address sent it.';
}
