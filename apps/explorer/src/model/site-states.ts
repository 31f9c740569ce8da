import type { Event, SiteName } from '../records/record.ts';
import type { Message } from './message.ts';
import { isObject, textOf, textsOf } from './values.ts';

/** A session that a site holds now, as far as its events say. */
export interface KnownSession {
  readonly key: string;
  readonly sub: string;
  readonly since: number;
  /** Tokens that belong to it: what for, and until when (seconds since the epoch). */
  readonly tokens: readonly KnownToken[];
}

export interface KnownToken {
  readonly audience: string;
  readonly expiresAt: number;
  readonly permissions: readonly string[];
}

export type SiteStates = Readonly<Record<SiteName, readonly KnownSession[]>>;

interface Draft {
  readonly sessions: Record<SiteName, Map<string, KnownSession>>;
  /** The access token that a site verified last, before its session has opened. */
  readonly lastToken: Map<SiteName, KnownToken>;
}

/** What each site knows after these messages. */
export function statesAfter(messages: readonly Message[]): SiteStates {
  const draft: Draft = {
    sessions: { shop: new Map(), blog: new Map(), idp: new Map() },
    lastToken: new Map(),
  };
  const events = messages.flatMap(({ events: own }) => own).toSorted((left, right) => left.at - right.at);
  for (const event of events) apply(draft, event);
  const { shop, blog, idp } = draft.sessions;
  return { shop: [...shop.values()], blog: [...blog.values()], idp: [...idp.values()] };
}

function apply(draft: Draft, event: Event): void {
  const sessions = draft.sessions[event.site];
  const key = textOf(event, 'sid') ?? textOf(event, 'sessionId') ?? textOf(event, 'sub') ?? '';
  switch (event.type) {
    case 'token.checked': {
      if (event.data['token'] === 'access' && event.data['clientId'] !== undefined) noteToken(draft, event);
      return;
    }
    case 'session.opened':
    case 'sign-in.accepted':
      sessions.set(key, openedBy(draft, event, key));
      return;
    case 'token.refreshed':
    case 'token.exchanged':
      if (event.site !== 'idp') addToken(sessions, key, event, draft.lastToken.get(event.site));
      return;
    case 'session.ended':
    case 'session.revoked':
      end(sessions, event, key);
      return;
    default:
  }
}

function noteToken({ lastToken }: Draft, { site, data }: Event): void {
  const { claims } = data;
  if (!isObject(claims) || typeof claims['exp'] !== 'number') return;
  const audience = String(claims['aud']);
  lastToken.set(site, { audience, expiresAt: claims['exp'], permissions: textsOf(claims['permissions']) });
}

function openedBy({ lastToken }: Draft, event: Event, key: string): KnownSession {
  const token = event.site === 'idp' ? undefined : lastToken.get(event.site);
  return { key, sub: textOf(event, 'sub') ?? '', since: event.at, tokens: token ? [token] : [] };
}

function addToken(
  sessions: Map<string, KnownSession>,
  key: string,
  { data, type }: Event,
  last: KnownToken | undefined,
): void {
  const session = sessions.get(key);
  const { expiresAt, audience } = data;
  if (!session || typeof expiresAt !== 'number') return;
  const name = typeof audience === 'string' ? audience : (last?.audience ?? 'its own API');
  const permissions = type === 'token.refreshed' ? (last?.permissions ?? []) : [];
  const others = session.tokens.filter((token) => token.audience !== name);
  sessions.set(key, { ...session, tokens: [...others, { audience: name, expiresAt, permissions }] });
}

/** By the session's name; an end that names the person alone ends all of theirs. */
function end(sessions: Map<string, KnownSession>, event: Event, key: string): void {
  if (sessions.delete(key)) return;
  const sub = textOf(event, 'sub');
  if (textOf(event, 'sid') !== undefined || textOf(event, 'sessionId') !== undefined) return;
  for (const [own, session] of sessions) if (session.sub === sub) sessions.delete(own);
}
