import { claimRows, type ClaimRow } from '@sso/ui/claims';
import type { Message } from '../model/message.ts';
import { isObject, listOf, textOf, textsOf } from '../model/values.ts';
import type { Event } from '../records/record.ts';

/** A token that was seen, with its checks where it was verified. */
export interface TokenDetails {
  readonly title: string;
  readonly header: readonly (readonly [name: string, value: string])[];
  readonly rows: readonly ClaimRow[];
  /** Claims whose values no log holds. */
  readonly otherClaims: readonly string[];
  readonly checks: readonly CheckRow[];
}

export interface CheckRow {
  readonly name: string;
  readonly expected: string;
  readonly found: string;
  readonly passed: boolean;
}

export interface CookieRow {
  readonly name: string;
  readonly what: 'read' | 'set' | 'deleted';
  readonly attributes: string;
}

const titles: Readonly<Record<string, string>> = {
  access: 'Access token',
  access_token: 'Access token, as issued',
  id: 'ID token',
  id_token: 'ID token, as issued',
  logout: 'Logout token',
  'security-event': 'Event token',
  'dpop-proof': 'DPoP proof',
};

/** Every token that the events of a message speak of. */
export function tokensOf({ events }: Message): readonly TokenDetails[] {
  return events.flatMap((event) => {
    if (event.type === 'token.checked') return [toToken(event.data, checksIn(event))];
    if (event.type !== 'request.detailed') return [];
    return listOf(event.data['tokens']).flatMap((one) => (isObject(one) ? [toToken(one, [])] : []));
  });
}

function toToken(data: Readonly<Record<string, unknown>>, checks: readonly CheckRow[]): TokenDetails {
  const kind = String(data['token']);
  const { header, claims } = data;
  return {
    title: titles[kind] ?? kind,
    header: isObject(header)
      ? Object.entries(header).map(([name, value]) => [name, valueText(value)] as const)
      : [],
    rows: isObject(claims) ? claimRows(kind.startsWith('access') ? 'access' : 'id', claims) : [],
    otherClaims: textsOf(data['otherClaims']),
    checks,
  };
}

/** The checks of the provider's answer at the callback. */
export function answerChecksOf({ events }: Message): readonly CheckRow[] {
  return events.filter(({ type }) => type === 'callback.checked').flatMap(checksIn);
}

function checksIn({ data }: Event): readonly CheckRow[] {
  return listOf(data['checks']).flatMap((one) => {
    if (!isObject(one) || typeof one['name'] !== 'string') return [];
    const { name, expected, found, passed } = one;
    return [
      { name, expected: compared(name, expected), found: compared(name, found), passed: passed === true },
    ];
  });
}

const times = new Set(['exp', 'iat', 'nbf', 'auth_time']);

function compared(name: string, value: unknown): string {
  if (!times.has(name)) return valueText(value);
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : 'none';
  return text.replace(/\d{9,}(?:\.\d+)?/, (seconds) => clockTime(Number(seconds)));
}

/** The time of day, for two moments that are compared. */
function clockTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(String).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function cookiesOf({ events }: Message): readonly CookieRow[] {
  return events.flatMap((event) => {
    if (event.type === 'cookies.handled') return cookieRows(event.data['read'], event.data['set']);
    return event.type === 'request.detailed'
      ? cookieRows(event.data['cookiesRead'], event.data['cookiesSet'])
      : [];
  });
}

function cookieRows(read: unknown, set: unknown): readonly CookieRow[] {
  const readOnes = textsOf(read).map((name) => ({ name, what: 'read' as const, attributes: '' }));
  const setOnes = listOf(set).flatMap((one): CookieRow[] => {
    if (!isObject(one) || typeof one['name'] !== 'string') return [];
    const attributes = textsOf(one['attributes']).join('; ');
    return [{ name: one['name'], what: /Max-Age=0\b/.test(attributes) ? 'deleted' : 'set', attributes }];
  });
  return [...readOnes, ...setOnes];
}

/** Parameters of the address and of a form; a value that no log holds is undefined. */
export function parametersOf({ hop, events }: Message): readonly (readonly [string, string | undefined])[] {
  const own = new Map<string, string | undefined>(hop.parameters);
  for (const { type, data } of events) {
    if (type !== 'request.detailed') continue;
    for (const name of textsOf(data['otherParameters'])) if (!own.has(name)) own.set(name, undefined);
    if (isObject(data['parameters']))
      for (const [name, value] of Object.entries(data['parameters'])) own.set(name, valueText(value));
  }
  return [...own];
}

/** What else was said: the type of each event with what names people and things. */
export function decisionsOf({
  events,
}: Message): readonly { readonly event: Event; readonly text: string }[] {
  return events
    .filter(
      ({ type }) => !/^(token\.checked|callback\.checked|cookies\.handled|request\.detailed)$/.test(type),
    )
    .map((event) => ({ event, text: describeEvent(event) }));
}

const SHOWN = [
  'clientId',
  'sub',
  'sid',
  'sessionId',
  'grantId',
  'audience',
  'reason',
  'code',
  'kids',
  'jwksUri',
];

function describeEvent(event: Event): string {
  const members = SHOWN.flatMap((name) => {
    const value = event.data[name];
    return value === undefined ? [] : [`${name} ${valueText(value)}`];
  });
  return [...members, textOf(event, 'message') ?? ''].filter(Boolean).join(' · ');
}
