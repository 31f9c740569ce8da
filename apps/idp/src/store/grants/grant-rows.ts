import type { RequestedClaims } from '../requests.ts';
import { jsonColumn, stringListColumn } from '../columns.ts';
import { type Profile, type ProfileRow, toProfile } from '../people.ts';
import type { GrantsTable } from '../schema.ts';

/** What a code and the ID tokens of its grant need besides who and what for. */
export interface GrantDetails {
  readonly redirectUri: string;
  readonly codeChallenge?: string | undefined;
  /** The key that the code is bound to (RFC 9449 §10). */
  readonly dpopJkt?: string | undefined;
  readonly nonce?: string | undefined;
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  /** Single claims that were asked for and allowed. */
  readonly claims?: RequestedClaims | undefined;
  /** Scopes that were asked for and not granted; absent where there are none, and in grants of earlier releases. */
  readonly refusedScope?: readonly string[] | undefined;
  /**
   * The audiences of which all was asked for, since the request named none of their permissions: everywhere where it
   * named none at all. Absent in grants of earlier releases.
   */
  readonly wholeAudiences?: 'everywhere' | readonly string[] | undefined;
}

const detailsColumn = jsonColumn<GrantDetails>();

/** What a person allowed a client: first as a code, then as a family of refresh tokens. */
export interface Grant {
  readonly id: string;
  readonly clientId: string;
  readonly sub: string;
  readonly sessionId: string;
  readonly scope: readonly string[];
  readonly resources: readonly string[];
  readonly details: GrantDetails;
  /** Outlives the sign-on session (`offline_access`). */
  readonly offline: boolean;
  /** Comes from the person's consent: it is never wider than that, and ends when that is taken back. */
  readonly byConsent: boolean;
  readonly expiresAt: number;
}

/** A grant that is active, and the person as they are now. */
export interface ActiveGrant {
  readonly grant: Grant;
  readonly person: Profile;
  /** The scopes that the person allows the client now; undefined where they were never asked. */
  readonly allowedScope: readonly string[] | undefined;
  /** Whether the sign-on session is alive, which a grant with `offline_access` can do without. */
  readonly signedOn: boolean;
}

/** The refresh tokens of a grant. The current one is valid; the previous one may ask for its response again. */
export interface RefreshTokenFamily extends ActiveGrant {
  /** The key that they are bound to, by its thumbprint; undefined for those of a client that proves itself. */
  readonly boundJkt: string | undefined;
  readonly currentHash: string | undefined;
  readonly previousHash: string | undefined;
  readonly rotatedAt: number | undefined;
  readonly replayRequest: string | undefined;
  readonly replayResponse: string | undefined;
}

export type ActiveGrantRow = GrantsTable &
  Omit<ProfileRow, 'sub'> & { readonly allowed: string | null; readonly session_end: number | null };

export function toGrant(row: GrantsTable): Grant {
  return {
    id: row.id,
    clientId: row.client_id,
    sub: row.sub,
    sessionId: row.sid,
    scope: stringListColumn.read(row.scope),
    resources: stringListColumn.read(row.resources),
    details: detailsColumn.read(row.details),
    offline: row.offline_at !== null,
    byConsent: row.consent_at !== null,
    expiresAt: row.expires_at,
  };
}

export function toActiveGrant(row: ActiveGrantRow, now: number): ActiveGrant {
  return {
    grant: toGrant(row),
    person: toProfile(row),
    allowedScope: row.allowed === null ? undefined : stringListColumn.read(row.allowed),
    signedOn: row.session_end !== null && row.session_end > now,
  };
}

export function toRefreshTokenFamily(row: ActiveGrantRow, now: number): RefreshTokenFamily {
  return {
    ...toActiveGrant(row, now),
    boundJkt: row.dpop_jkt ?? undefined,
    currentHash: row.token_hash ?? undefined,
    previousHash: row.previous_hash ?? undefined,
    rotatedAt: row.rotated_at ?? undefined,
    replayRequest: row.replay_request ?? undefined,
    replayResponse: row.replay_response ?? undefined,
  };
}

export function toRow(
  grant: Grant,
  code: { readonly hash: string; readonly expiresAt: number },
  now: number,
): Omit<GrantsTable, 'arrival'> {
  return {
    id: grant.id,
    client_id: grant.clientId,
    sub: grant.sub,
    sid: grant.sessionId,
    scope: stringListColumn.write(grant.scope),
    resources: stringListColumn.write(grant.resources),
    details: detailsColumn.write(grant.details),
    offline_at: grant.offline ? now : null,
    consent_at: grant.byConsent ? now : null,
    code_hash: code.hash,
    code_expires_at: code.expiresAt,
    code_consumed_at: null,
    family_hash: null,
    token_hash: null,
    previous_hash: null,
    rotated_at: null,
    replay_request: null,
    replay_response: null,
    dpop_jkt: null,
    expires_at: grant.expiresAt,
    revoked_at: null,
  };
}
