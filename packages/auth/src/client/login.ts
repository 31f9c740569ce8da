import {
  authError,
  isAuthError,
  parseStepUp,
  safeReturnTo,
  sha256Base64url,
  type StepUp,
} from '../foundation/index.ts';
import { type CookieChange, createTransaction } from '../session/index.ts';
import { createAuthorizeUrl, type Prompt } from './authorize-url.ts';
import { answerFailure } from './failure-page.ts';
import { failureOf } from './failures.ts';
import { findSession } from './find-session.ts';
import { addPending } from './pending.ts';
import { privateResponse, seeOther } from './responses.ts';
import { isNavigation } from './request-kinds.ts';
import { isGoingRound } from './silent-cookie.ts';
import { withoutMarker } from './silent-marker.ts';
import type { Site } from './site.ts';

/** `GET /auth/login?return_to=…`: sends the browser to the provider, or says why that isn't possible now. */
export async function answerLogin(site: Site, request: Request): Promise<Response> {
  // Empty 401: a router's fetch falls back to a document navigation, a prefetch does nothing at all.
  if (!isNavigation(request)) return privateResponse(null, { status: 401 });
  const { searchParams } = new URL(request.url);
  const returnTo = readReturnTo(site, searchParams);
  try {
    await requireNoCircle(site, request);
    return await sendToProvider(site, request, {
      returnTo,
      prompt: readPrompt(searchParams),
      wishes: readWishes(searchParams),
      stepUp: parseStepUp(searchParams),
    });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return answerFailure(site, failureOf(site, error, returnTo));
  }
}

/** Whoever was signed in again and again, and comes without a session, would go round until the browser gives up. */
async function requireNoCircle(site: Site, request: Request): Promise<void> {
  if (!isGoingRound(site, request) || (await findSession(site, request.headers.get('cookie')))) return;
  throw authError(
    'session_not_kept',
    'three sessions were opened within seconds and the browser brought none of them back: are cookies dropped, or do the clocks of the processes differ?',
  );
}

export interface Departure {
  /** A path of this site. */
  readonly returnTo: string;
  readonly prompt?: Prompt | undefined;
  readonly wishes?: Readonly<Record<string, string>>;
  /** What the answer has to prove; checked at the callback. */
  readonly stepUp?: StepUp;
  /** Cookies to change along the way. */
  readonly changes?: readonly CookieChange[];
}

/** Begins a transaction and answers with the redirect to the authorization endpoint. @throws AuthError */
export async function sendToProvider(site: Site, request: Request, departure: Departure): Promise<Response> {
  // Whoever is sent to a provider that is away stands before a browser's error page, with no way on (F-02).
  const { metadata } = await site.provider.reach();
  const silent = departure.prompt === 'none';
  const transaction = createTransaction(silent ? 'silent' : 'login', site.clock(), departure.stepUp);
  const { href, state } = await createAuthorizeUrl(site, metadata, { transaction, ...departure });
  const pending = await addPending(site, request, transaction);
  site.observe({ type: 'login.started', ...site.names, stateHash: await sha256Base64url(state), silent });
  return seeOther(href, [...(departure.changes ?? []), ...pending]);
}

/** `return_to` as a path of this site, without the marker of an earlier silent question. */
function readReturnTo(site: Pick<Site, 'baseUrl' | 'basePath'>, parameters: URLSearchParams): string {
  const home = `${site.basePath}/`;
  const asked = parameters.getAll('return_to');
  return withoutMarker(safeReturnTo(asked.length === 1 ? asked[0] : undefined, site.baseUrl, home));
}

function readPrompt(parameters: URLSearchParams): Prompt | undefined {
  const asked = parameters.get('prompt');
  return (['login', 'select_account', 'create'] as const).find((prompt) => prompt === asked);
}

/** What a link may pass on to the provider's page; longer ones are no e-mail address and no list of languages. */
function readWishes(parameters: URLSearchParams): Record<string, string> {
  const wishes = ['login_hint', 'ui_locales'].flatMap((name) => {
    const [value, ...more] = parameters.getAll(name);
    return value && more.length === 0 && value.length <= 255 ? [[name, value] as const] : [];
  });
  return Object.fromEntries(wishes);
}
