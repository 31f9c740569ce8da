import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { createHeadHandler } from './head.ts';
import { healthRoutes } from './server/health.ts';
import { clientAddress } from './http/client-address.ts';
import { withCorsHeaders, preflightResponse } from './http/cors.ts';
import { OAuthError, oauthErrorResponse } from './http/oauth-error.ts';
import { PageError } from './http/page-error.ts';
import { type Handler, requireSameOrigin, requireUsableId, type Route } from './http/routes.ts';
import { BusyError } from './identity/password-hasher.ts';
import { errorPageResponse } from './interaction/error-page.ts';
import { formPostPageResponse } from './interaction/form-post-page.ts';
import { interactionRoutes } from './interaction/routes.ts';
import type { Stylesheet } from './interaction/stylesheet.ts';
import { protocolRoutes } from './protocol/routes.ts';
import type { Provider } from './provider.ts';
import { isStoreFailure } from './store/index.ts';

/** What `@hono/node-server` hands over with a request; nothing when there is no socket. */
interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string | undefined } };
}

type Surroundings = { Bindings: Bindings; Variables: { route: Route } };
export type App = Hono<Surroundings>;

/**
 * The provider as one fetch handler.
 *
 * @param isDraining - whether it is about to end, which `/readyz` then says.
 * @param report - told of every request with its answer.
 */
export function createApp(
  provider: Provider,
  stylesheet: Stylesheet,
  isDraining = () => false,
  report?: MiddlewareHandler,
): App {
  const app: App = new Hono<Surroundings>();
  if (report) app.use(report);
  const view = { serviceName: provider.serviceName, stylesheet };
  const routesOf = (served: Provider): Route[] => [
    ...protocolRoutes(served, (form) => formPostPageResponse(view, form)),
    ...interactionRoutes(served, view),
    ...healthRoutes(served.store, isDraining),
  ];
  for (const route of routesOf(provider))
    mount(app, provider, route, createHeadHandler(provider, route.path, routesOf));
  app.notFound(() => errorPageResponse(view, notFound()));
  app.onError(async (error, context) => {
    // Undefined where something fails before any route is chosen.
    const route: Route | undefined = context.get('route');
    const errorFormat = route?.errorFormat ?? 'json';
    const answer = await answerError(provider, error, errorFormat, (failure) =>
      errorPageResponse(view, failure),
    );
    return route?.cors ? withCorsHeaders(context.req.raw, answer) : answer;
  });
  return app;
}

function mount(app: App, provider: Provider, route: Route, head: Handler): void {
  const handle = (handler: Handler) => async (context: Context<Surroundings>) => {
    context.set('route', route);
    const request = context.req.raw;
    const requestContext = {
      id: requireUsableId(context.req.param('id') ?? ''),
      clientAddress: () => addressOf(provider, context),
    };
    if (!route.cors) return handler(request, requestContext);
    return withCorsHeaders(request, await handler(request, requestContext));
  };
  const { get, post } = route;
  if (get) app.get(route.path, (context) => handle(isHead(context) ? head : get)(context));
  if (post) {
    app.post(
      route.path,
      handle((request, requestContext) => {
        if (route.sameOriginOnly) requireSameOrigin(request, provider.issuer);
        return post(request, requestContext);
      }),
    );
  }
  if (route.put) app.put(route.path, handle(route.put));
  if (route.delete) app.delete(route.path, handle(route.delete));
  const allow = allowedMethods(route);
  if (route.cors) app.options(route.path, () => preflightResponse(allow));
  app.all(route.path, () => new Response(null, { status: 405, headers: { Allow: allow } }));
}

/** The `Allow` of a route (RFC 9110 §10.2.1). */
function allowedMethods(route: Route): string {
  const methods = (['get', 'post', 'put', 'delete'] as const).filter((method) => route[method]);
  return methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : method.toUpperCase())).join(', ');
}

/** Hono takes a HEAD to what is mounted for GET. */
function isHead(context: Context<Surroundings>): boolean {
  return context.req.raw.method === 'HEAD';
}

function addressOf({ trustedProxies }: Provider, context: Context<Surroundings>): string | undefined {
  // Hono's type says otherwise, but a request without a server brings no bindings at all.
  const bindings: Bindings | undefined = context.env;
  const peer = bindings?.incoming?.socket.remoteAddress;
  return clientAddress({ peer, forwardedFor: context.req.header('x-forwarded-for') ?? null }, trustedProxies);
}

/** Every failure ends here: a page for people, an OAuth error for programs, never a stack trace. */
function answerError(
  provider: Provider,
  error: Error,
  errorFormat: Route['errorFormat'],
  showPage: (error: PageError) => Promise<Response>,
): Response | Promise<Response> {
  if (error instanceof PageError) return showPage(error);
  const known = error instanceof OAuthError ? error : asOAuthError(provider, error);
  return errorFormat === 'html' ? showPage(asPageError(known)) : oauthErrorResponse(provider.issuer, known);
}

function asOAuthError(provider: Provider, error: Error): OAuthError {
  provider.observe({ type: 'error.internal', name: error.name, message: error.message });
  const busy = error instanceof BusyError || isStoreFailure(error);
  return busy
    ? new OAuthError('temporarily_unavailable', 'try again in a moment', {
        status: 503,
        headers: { 'Retry-After': '2' },
      })
    : new OAuthError('server_error', 'something went wrong on this side', { status: 500 });
}

function asPageError(error: OAuthError): PageError {
  if (error.status === 503) {
    const fix = 'Wait a few seconds, then try again. Nothing you entered was lost.';
    return new PageError({
      status: 503,
      code: error.code,
      title: 'Too busy right now',
      reason: 'More people are signing in than can be served at once.',
      fix,
      retryAfterSeconds: 2,
    });
  }
  if (error.status >= 500) {
    const fix =
      'Go back to the site you came from and try again. If it happens again, tell whoever runs this service.';
    return new PageError({
      status: 500,
      code: error.code,
      title: 'Something went wrong here',
      reason: 'The mistake is on our side.',
      fix,
    });
  }
  const fix = 'Go back to the site you came from and start again.';
  return new PageError({
    status: error.status === 413 ? 413 : 400,
    code: error.code,
    title: 'This request can’t be answered',
    reason: error.message,
    fix,
  });
}

function notFound(): PageError {
  return new PageError({
    status: 404,
    code: 'not_found',
    title: 'There is no page here',
    reason: 'The address is mistyped, or the page has moved.',
    fix: 'Go back to the site you came from.',
  });
}
