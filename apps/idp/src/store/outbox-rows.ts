import { jsonColumn } from './columns.ts';
import type { StoredMetadata } from './client-rows.ts';
import type { OutboxTable } from './schema.ts';

/** What notices are about; each kind has a way of its own to be told. */
const NOTICE_KINDS = ['logout', 'token-claims-change'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a notice says, as far as it is known when it is written. */
export type NoticePayload = LogoutNotice | PermissionsNotice;

export interface LogoutNotice {
  /** The `sid` that the client knows. */
  readonly sid: string;
}

/** A person's permissions have changed. */
export interface PermissionsNotice {
  /** The person's own. */
  readonly sub: string;
  /** Of the token, which is the same at each try. */
  readonly jti: string;
  /** Whether nothing is left to the person, who is disabled or removed. */
  readonly isGone?: true | undefined;
  /** What is told, the same at each try; undefined before the first. */
  readonly told?: { readonly at: number; readonly permissions: readonly string[] } | undefined;
}

/** Something that a client has to be told, as it is written. */
export interface NewNotice {
  /** Two notices of one id are one. */
  readonly id: string;
  readonly kind: NoticeKind;
  readonly clientId: string;
  /** The sign-on session that it is about, by the provider's own `sid`. */
  readonly sessionId: string | undefined;
  readonly payload: NoticePayload;
  /** The client's metadata, where it is registered no more. */
  readonly recipient: StoredMetadata | undefined;
  /** SHA-256 of the cookie of the browser that may see what becomes of it. */
  readonly shownTo: string | undefined;
  readonly createdAt: number;
  /** When nobody has to be told any more. */
  readonly expiresAt: number;
}

/** How a notice ended. `no-address`: its client can't be told. */
export type NoticeOutcome = 'delivered' | 'given-up' | 'no-address';

export interface Notice extends NewNotice {
  /** How often it was tried, the try included that it is leased for. */
  readonly tries: number;
  readonly leasedUntil: number;
}

/** The notices of one lane go to one address: that of one kind at one client. */
export interface Lane {
  readonly name: string;
  readonly kind: NoticeKind;
  readonly clientId: string;
}

/** What the browser that signed out sees of a notice. */
export interface ShownNotice {
  readonly clientId: string;
  /** Undefined while it is tried. */
  readonly outcome: NoticeOutcome | undefined;
  readonly tries: number;
}

export const payloadColumn = jsonColumn<NoticePayload>();
export const recipientColumn = jsonColumn<StoredMetadata>();

export function laneNameOf({ kind, clientId }: Pick<Lane, 'kind' | 'clientId'>): string {
  return `${kind} ${clientId}`;
}

/** Undefined for a kind that only a later release knows. */
export function findLane(name: string): Lane | undefined {
  const [first = '', ...rest] = name.split(' ');
  const kind = findKind(first);
  return kind && { name, kind, clientId: rest.join(' ') };
}

function findKind(text: string): NoticeKind | undefined {
  return NOTICE_KINDS.find((kind) => kind === text);
}

export function toOutboxRow(notice: NewNotice): OutboxTable {
  const { kind, clientId, recipient } = notice;
  return {
    id: notice.id,
    lane: laneNameOf(notice),
    kind,
    client_id: clientId,
    session_id: notice.sessionId ?? null,
    payload: payloadColumn.write(notice.payload),
    recipient: recipient === undefined ? null : recipientColumn.write(recipient),
    shown_to: notice.shownTo ?? null,
    created_at: notice.createdAt,
    expires_at: notice.expiresAt,
    next_at: notice.createdAt,
    leased_until: 0,
    tried_at: null,
    tries: 0,
    finished_at: null,
    outcome: null,
  };
}

export function toNotice(row: OutboxTable): Notice {
  return {
    id: row.id,
    kind: findKind(row.kind) ?? 'logout',
    clientId: row.client_id,
    sessionId: row.session_id ?? undefined,
    payload: payloadColumn.read(row.payload),
    recipient: row.recipient === null ? undefined : recipientColumn.read(row.recipient),
    shownTo: row.shown_to ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    tries: row.tries,
    leasedUntil: row.leased_until,
  };
}

export function toShownNotice({
  client_id,
  outcome,
  tries,
}: Pick<OutboxTable, 'client_id' | 'outcome' | 'tries'>): ShownNotice {
  return { clientId: client_id, outcome: outcomeOf(outcome), tries };
}

const OUTCOMES: readonly NoticeOutcome[] = ['delivered', 'given-up', 'no-address'];

function outcomeOf(text: string | null): NoticeOutcome | undefined {
  return OUTCOMES.find((outcome) => outcome === text);
}
