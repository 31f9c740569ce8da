import { jsonColumn } from './columns.ts';
import type { ClientsTable } from './schema.ts';

/** RFC 7591 members as their names on the wire; never the secret. */
export type StoredMetadata = Readonly<Record<string, unknown>>;

/** A client that was registered while the provider ran, rather than by `CLIENTS_FILE`. */
export interface StoredClient extends NewClient {
  readonly previousSecret: PreviousSecret | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The secret that a rotation replaced, which is accepted for a while beside the new one. */
export interface PreviousSecret {
  /** SHA-256, base64url. */
  readonly hash: string;
  /** In seconds; undefined where it is accepted until somebody takes it out of `CLIENTS_FILE`. */
  readonly acceptedUntil: number | undefined;
}

export interface NewClient {
  readonly clientId: string;
  readonly registration: StoredMetadata;
  /** SHA-256 of the secret, base64url; undefined for clients that have none. */
  readonly secretHash: string | undefined;
  /** SHA-256 of its registration access token (RFC 7592 §3), base64url; undefined where the operator registered it. */
  readonly registrationTokenHash?: string | undefined;
}

export const registrationColumn = jsonColumn<StoredMetadata>();

export function toClient(row: ClientsTable): StoredClient {
  return {
    clientId: row.client_id,
    registration: registrationColumn.read(row.registration),
    secretHash: row.secret_hash ?? undefined,
    previousSecret: previousSecretOf(row),
    registrationTokenHash: row.registration_token_hash ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function previousSecretOf(row: ClientsTable): PreviousSecret | undefined {
  const { previous_secret_hash: hash, previous_secret_until: until } = row;
  return hash === null || until === null ? undefined : { hash, acceptedUntil: until };
}

export function toClientRow(client: NewClient, version: number, now: number): ClientsTable {
  return {
    client_id: client.clientId,
    registration: registrationColumn.write(client.registration),
    secret_hash: client.secretHash ?? null,
    previous_secret_hash: null,
    previous_secret_until: null,
    registration_token_hash: client.registrationTokenHash ?? null,
    version,
    created_at: now,
    updated_at: now,
  };
}
