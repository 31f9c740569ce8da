import { PageError } from './page-error.ts';

/** One address and what it answers. The list of these is the map of the provider. */
export interface Route {
  readonly path: string;
  /** Who reads the answer when something goes wrong: a person gets a page, a program an OAuth error. */
  readonly errorFormat: 'html' | 'json';
  readonly get?: Handler;
  readonly post?: Handler;
  /** Scripts of other origins may call it; see `cors.ts`. */
  readonly cors?: boolean;
  /** A form of the provider's own pages: a POST from anywhere else is refused. */
  readonly sameOriginOnly?: boolean;
}

/** What a handler may ask about a request besides the request itself. */
export interface RequestContext {
  /** The path's `:id`, or empty. */
  readonly id: string;
  /** Who sent it, as far as trusted proxies say; undefined when it came through no socket. */
  clientAddress(): string | undefined;
}

export type Handler = (request: Request, context: RequestContext) => Response | Promise<Response>;

/**
 * P-13: a form post that another site caused carries that site's Origin, or none we know (login CSRF, forced
 * sign-out). Every browser of the last years sends Origin with a POST, so a missing one is refused too.
 *
 * @throws PageError
 */
export function requireSameOrigin(request: Request, issuer: string): void {
  if (request.headers.get('origin') === issuer) return;
  throw new PageError({
    status: 403,
    code: 'foreign_form',
    title: 'This form was not sent from its own page',
    reason: 'The browser says that another address sent it.',
    fix: 'Open the page again and use its buttons. If that does not help, check for browser extensions that change requests.',
  });
}
