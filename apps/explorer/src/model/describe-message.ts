import type { Event, Hop } from '../records/record.ts';
import type { Failure, Lane, Message } from './message.ts';
import { grantTitle, siteOfClient, stepOf } from './steps.ts';
import { findEvent, isObject, textOf } from './values.ts';

/** What is known of a request so far. */
export interface Draft {
  readonly hop: Hop;
  readonly events: readonly Event[];
  /** The site whose own request was under way meanwhile. */
  readonly caller: Lane | undefined;
}

export function describeMessage({ hop, events, caller }: Draft): Message {
  const step = stepOf(hop);
  const detail = findEvent(events, 'request.detailed');
  return {
    id: hop.id,
    hop,
    kind: step.kind,
    title: withNonce(titleOf(hop, events, grantTitle(grantTypeOf(detail)) ?? step.title), events),
    from: senderOf({ hop, events, caller }, step.sender),
    to: hop.site,
    events,
    failure: failureOf(hop, events),
    sub: subOf(events),
  };
}

function titleOf({ path, site, method }: Hop, events: readonly Event[], title: string): string {
  const asked = findEvent(events, 'login.started');
  if (asked?.data['silent'] === true && path !== '/auth/login')
    return `Asks for ${path}, and silently who it is`;
  if (title !== 'Asks for a page' && title !== 'Calls the API') return title;
  if (site === 'idp') return `${method === 'POST' ? 'Sends' : 'Asks for'} ${path}`;
  return title === 'Calls the API'
    ? `Calls the API: ${method} ${path}`
    : `${method === 'POST' ? 'Sends a form to' : 'Asks for'} ${path}`;
}

function senderOf({ hop, events, caller }: Draft, sender: 'provider' | 'site' | undefined): Lane {
  if (sender === undefined || hop.isBrowser) return 'browser';
  if (sender === 'provider') return 'idp';
  const told = events.find(({ site }) => site !== 'idp' && site !== hop.site)?.site;
  const client = siteOfClient(textOf(findEvent(events, 'request.detailed', 'bearer.accepted'), 'clientId'));
  return told ?? (client === hop.site ? undefined : client) ?? caller ?? 'browser';
}

function grantTypeOf(detail: Event | undefined): string | undefined {
  const parameters = detail?.data['parameters'];
  const grant = isObject(parameters) ? parameters['grant_type'] : undefined;
  return typeof grant === 'string' ? grant : undefined;
}

/** A silent question that finds nobody is an answer and no failure. */
const answers = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

function failureOf(hop: Hop, events: readonly Event[]): Failure | undefined {
  const told = events.find(({ type, data }) => isRefusal(type, data));
  if (told) {
    const code = textOf(told, 'code') ?? textOf(told, 'error') ?? textOf(told, 'reason') ?? told.type;
    return {
      code,
      message: textOf(told, 'message') ?? textOf(told, 'errorDescription') ?? reasons[code] ?? '',
    };
  }
  if (hop.status < 400 || asksForNonce(events)) return undefined;
  return { code: `HTTP ${hop.status}`, message: 'The log of the site says more, if anything does.' };
}

/** A server that asks for a nonce of its own has refused nothing: the same proof comes once more with it (RFC 9449 §8). */
const NONCE_WANTED: ReadonlySet<string> = new Set(['use_dpop_nonce', 'dpop_nonce_required']);

const asksForNonce = (events: readonly Event[]) =>
  events.some(({ data }) => NONCE_WANTED.has(String(data['error'] ?? data['code'])));

const withNonce = (title: string, events: readonly Event[]) =>
  asksForNonce(events) ? `${title}, and is asked for a nonce first` : title;

const reasons: Readonly<Record<string, string>> = {
  credentials: 'Username and passphrase don’t belong together: type them again.',
  disabled: 'This account is disabled: whoever runs the provider can enable it.',
  busy: 'Too many sign-ins at once: try again in a moment.',
};

function isRefusal(type: string, data: Readonly<Record<string, unknown>>): boolean {
  if (typeof data['providerError'] === 'string' && answers.has(data['providerError'])) return false;
  if (type === 'authorization.refused') return !answers.has(String(data['error']));
  if (NONCE_WANTED.has(String(data['error'] ?? data['code']))) return false;
  if (type === 'request.detailed') return typeof data['error'] === 'string';
  if (type === 'token.checked' || type === 'callback.checked') return isUnexpected(data);
  return /\.(rejected|failed|replayed|reused|throttled)$/.test(type) || type === 'error.internal';
}

/** The code of a check that failed; `callback_error` is the provider's own refusal, which `callback.rejected` tells. */
function isUnexpected({ code }: Readonly<Record<string, unknown>>): boolean {
  return typeof code === 'string' && code !== 'callback_error';
}

function subOf(events: readonly Event[]): string | undefined {
  for (const event of events) {
    const { claims } = event.data;
    const sub = textOf(event, 'sub') ?? (isObject(claims) ? claims['sub'] : undefined);
    if (typeof sub === 'string') return sub;
  }
  return undefined;
}
