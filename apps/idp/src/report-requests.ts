import type { MiddlewareHandler } from 'hono';
import { cookieNamesIn } from '@sso/auth/session';
import { describeToken } from '@sso/auth/tokens';
import type { Cookies, ProviderCookie } from './http/cookies.ts';
import type { ObserveProvider, RequestDetailed } from './events/provider-event.ts';

/** Parameters whose values a log may hold: who asks, for what. Of all others the name is told. */
const SHOWN: ReadonlySet<string> = new Set([
  'client_id',
  'scope',
  'resource',
  'audience',
  'max_age',
  'acr_values',
]);
/** Parameters that take words of the standards. Any other word may be a secret that stands in the wrong place. */
const WORDS: Readonly<Record<string, RegExp>> = {
  response_type: /^code$/,
  response_mode: /^(query|form_post|fragment)$/,
  prompt: /^(none|login|consent|select_account)( (login|consent|select_account))*$/,
  code_challenge_method: /^(S256|plain)$/,
  grant_type:
    /^(authorization_code|refresh_token|client_credentials|urn:ietf:params:oauth:grant-type:[a-z-]{1,40})$/,
  token_type_hint: /^(access|refresh)_token$/,
  subject_token_type: /^urn:ietf:params:oauth:token-type:[a-z_]{1,40}$/,
  requested_token_type: /^urn:ietf:params:oauth:token-type:[a-z_]{1,40}$/,
};
/** Parameters whose value stays out. A name that nobody knows may be a value in the wrong place, so it stays out too. */
const HIDDEN: ReadonlySet<string> = new Set([
  'redirect_uri',
  'post_logout_redirect_uri',
  'code',
  'state',
  'nonce',
  'code_challenge',
  'code_verifier',
  'refresh_token',
  'subject_token',
  'actor_token',
  'token',
  'request',
  'request_uri',
  'login_hint',
  'logout_hint',
  'id_token_hint',
  'dpop_jkt',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  'username',
  'password',
]);
const MAX_LENGTH = 500;
const FORM = 'application/x-www-form-urlencoded';

/** Tells the observer what each request asked for, which cookies it read and set, and what its tokens say. */
export function reportRequests(observe: ObserveProvider, cookies: Cookies): MiddlewareHandler {
  const own = new Set(Object.values(cookies).map(({ name }: ProviderCookie) => name));
  return async (context, next) => {
    const request = context.req.raw.clone();
    await next();
    const { res: response } = context;
    const route = context.get('route');
    const path: string = route?.path ?? 'unknown';
    if (path === '/healthz' || path === '/readyz') return;
    const parameters = await readParameters(request);
    const body = await readAnswer(response);
    observe({
      type: 'request.detailed',
      method: request.method,
      path,
      status: response.status,
      clientId: parameters.get('client_id') ?? basicClientId(request),
      ...describeParameters(parameters),
      cookiesRead: cookieNamesIn(request.headers.get('cookie')).filter((name) => own.has(name)),
      cookiesSet: response.headers.getSetCookie().map(describeCookie),
      tokens: tokensIn(body),
      error: textOf(body['error']),
      errorDescription: textOf(body['error_description']),
    });
  };
}

async function readParameters(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (request.method !== 'POST' || !type.startsWith(FORM)) return new URL(request.url).searchParams;
  return new URLSearchParams(await request.text());
}

const isShown = ([name, value]: readonly [string, string]) => SHOWN.has(name) || WORDS[name]?.test(value);

function describeParameters(
  parameters: URLSearchParams,
): Pick<RequestDetailed, 'parameters' | 'otherParameters'> {
  const all = [...parameters].slice(0, 100);
  const shown = all.filter(isShown);
  const others = all
    .flatMap((pair) => (isShown(pair) ? [] : pair[0]))
    .filter((name) => HIDDEN.has(name) || name in WORDS);
  return {
    parameters: Object.fromEntries(shown.map(([name, value]) => [name, value.slice(0, MAX_LENGTH)])),
    otherParameters: [...new Set(others)],
  };
}

/** The name part of Basic credentials is the client's id (RFC 6749 §2.3.1). */
function basicClientId(request: Request): string | undefined {
  const [, credentials] = /^Basic ([\w+/=-]+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (credentials === undefined) return undefined;
  const [id = ''] = Buffer.from(credentials, 'base64').toString('utf8').split(':', 1);
  return /^[\x20-\x7e]{1,100}$/.test(id) ? id : undefined;
}

/** The body of a JSON answer. It is small: no endpoint lists anything. */
async function readAnswer(response: Response): Promise<Record<string, unknown>> {
  if (!response.headers.get('content-type')?.startsWith('application/json')) return {};
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => ({}));
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

function tokensIn(body: Record<string, unknown>): RequestDetailed['tokens'] {
  return (['access_token', 'id_token'] as const).flatMap((token) => {
    const text = body[token];
    return typeof text === 'string' ? [{ token, ...describeToken(text) }] : [];
  });
}

function describeCookie(line: string): RequestDetailed['cookiesSet'][number] {
  const [pair = '', ...attributes] = line.split(';');
  return { name: pair.slice(0, pair.indexOf('=')), attributes: attributes.map((one) => one.trim()) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MAX_LENGTH) : undefined;
}
