/**
 * The tables as columns hold them. Times are integer seconds, JSON is text, flags are nullable times: the same
 * on both engines. Only files of this folder see these types.
 */
export interface Schema {
  people: PeopleTable;
  sessions: SessionsTable;
  session_clients: SessionClientsTable;
  interactions: InteractionsTable;
  consents: ConsentsTable;
  grants: GrantsTable;
  signing_keys: SigningKeysTable;
  attempts: AttemptsTable;
  devices: DevicesTable;
  clients: ClientsTable;
  client_changes: ClientChangesTable;
  password_costs: PasswordCostsTable;
  initial_access_tokens: InitialAccessTokensTable;
  provider_secrets: ProviderSecretsTable;
  client_assertions: TokenIdTable;
  revoked_tokens: TokenIdTable;
  narrowed_scopes: NarrowedScopesTable;
  outbox: OutboxTable;
  outbox_probes: OutboxProbesTable;
  permission_changes: PermissionChangesTable;
  role_changes: RoleChangesTable;
}

export interface PeopleTable {
  sub: string;
  username: string;
  password_hash: string;
  roles: string;
  claims: string;
  created_at: number;
  updated_at: number;
  disabled_at: number | null;
}

/** What checking the stored passphrases costs: a row for each set of argon2id's figures, as its hashes begin. */
export interface PasswordCostsTable {
  cost: string;
}

/** One row per sign-on session; the browser holds the secret of which `cookie_hash` is the SHA-256. */
export interface SessionsTable {
  /** The session's own id. No token carries it, but for those that were issued before each client had its own `sid`. */
  sid: string;
  cookie_hash: string;
  sub: string;
  auth_time: number;
  acr: string;
  amr: string;
  expires_at: number;
}

/** A client that a sign-on session reached, until the session ends or the client's part in it does. */
export interface SessionClientsTable {
  session_id: string;
  client_id: string;
  /** What this client, and the APIs that it stands for, know the session by. */
  sid: string;
  reached_at: number;
}

export interface InteractionsTable {
  id: string;
  /** SHA-256 of the browser's `__Host-interaction` cookie; null until the first browser opens it. */
  browser_hash: string | null;
  pending: string;
  /** The session that was opened while answering: proof that this request saw a fresh sign-in. */
  sid: string | null;
  /** The session that its person chose to go on with. */
  chosen_sid: string | null;
  /** The person who answered the consent page of this very request. */
  consented_sub: string | null;
  finished_at: number | null;
  /** The grant that it ended in; null where the person cancelled or the client got an error. */
  grant_id: string | null;
  expires_at: number;
  /** Which requests it shares a bound with; null in rows of an earlier release, which count for nothing. */
  budget: string | null;
  /** How far it has come; see `interaction-stages.ts`. */
  stage: number;
  /** Puts rows in the order in which they came, more finely than seconds do. */
  arrival: number;
}

/** What a person answered to a client, until they take it back. */
export interface ConsentsTable {
  sub: string;
  client_id: string;
  asked: string;
  allowed: string;
  updated_at: number;
}

/** What a person allowed a client: first a code, then a family of refresh tokens. Secrets are SHA-256 only. */
export interface GrantsTable {
  id: string;
  client_id: string;
  sub: string;
  sid: string;
  scope: string;
  resources: string;
  /** JSON of what the code and its ID tokens need: redirect_uri, challenge, nonce, auth_time, acr, amr, refused scopes. */
  details: string;
  /** The grant outlives the sign-on session (`offline_access`) when set. */
  offline_at: number | null;
  /** The grant comes from the person's consent, and is never wider than that, when set. */
  consent_at: number | null;
  code_hash: string;
  code_expires_at: number;
  code_consumed_at: number | null;
  /** Puts the codes of a session in the order in which they came, more finely than seconds do. */
  arrival: number;
  /** First half of every refresh token of the family: finds the row. */
  family_hash: string | null;
  token_hash: string | null;
  previous_hash: string | null;
  rotated_at: number | null;
  /** What the last rotation asked for, and its whole answer sealed by a key of the presented token. */
  replay_request: string | null;
  replay_response: string | null;
  /** The thumbprint of the key that the refresh tokens of a public client are bound to. */
  dpop_jkt: string | null;
  expires_at: number;
  revoked_at: number | null;
}

export interface SigningKeysTable {
  kid: string;
  alg: string;
  state: string;
  public_jwk: string;
  /** The whole key, sealed; null for one that signs no more. */
  sealed_jwk: string | null;
  /** A key in clear of an earlier release; empty while its bytes may still lie in the file, else null. */
  unsealed_jwk: string | null;
  created_at: number;
  activated_at: number | null;
  /** Retired keys are published until the last token they signed has expired. */
  published_until: number | null;
  revoked_at: number | null;
}

/** One row per guessing budget in use; `attempts.ts` explains how `tries` is written. */
export interface AttemptsTable {
  key: string;
  tries: string;
  expires_at: number;
}

/** One row per account that a browser signed in to; the browser holds the secret of `device_hash`. */
export interface DevicesTable {
  device_hash: string;
  account_hash: string;
  used_at: number;
  expires_at: number;
}

export interface ClientsTable {
  client_id: string;
  /** JSON of the RFC 7591 members, without the secret. */
  registration: string;
  secret_hash: string | null;
  /** The secret before this one, and until when it is accepted beside it; null where it is not. */
  previous_secret_hash: string | null;
  previous_secret_until: number | null;
  registration_token_hash: string | null;
  /** That of `client_changes` at its last change. */
  version: number;
  created_at: number;
  updated_at: number;
}

/** One row. */
export interface ClientChangesTable {
  version: number;
}

/** What the provider made for itself once, by name. */
export interface ProviderSecretsTable {
  name: string;
  value: string;
}

export interface InitialAccessTokensTable {
  id: string;
  token_hash: string;
  uses_left: number;
  created_at: number;
  expires_at: number;
}

/** Ids of tokens that are no longer accepted, until the token would expire anyway. */
export interface TokenIdTable {
  id: string;
  expires_at: number;
}

/** One row per notice that a client has to get; the rows of one lane go to one address. */
export interface OutboxTable {
  id: string;
  lane: string;
  kind: string;
  client_id: string;
  /** The sign-on session that it is about. */
  session_id: string | null;
  /** JSON of what the notice says. */
  payload: string;
  /** JSON of the client's metadata, kept for when the client is registered no more. */
  recipient: string | null;
  /** SHA-256 of the cookie of the browser that may see what becomes of it. */
  shown_to: string | null;
  created_at: number;
  /** When nobody has to be told any more. */
  expires_at: number;
  /** When it is tried next; null for one that waits until its address answers. */
  next_at: number | null;
  /** Until then one node is trying it. */
  leased_until: number;
  tried_at: number | null;
  tries: number;
  finished_at: number | null;
  outcome: string | null;
}

/** When an address was last asked whether it answers again. */
export interface OutboxProbesTable {
  lane: string;
  probed_at: number;
}

/** A person whose permissions have changed: their latest change. */
export interface PermissionChangesTable {
  sub: string;
  /** The second up to which the person's tokens say what no longer counts; null until the first node has told of it. */
  changed_at: number | null;
  /** Since when a change waits for a node that tells of it and dates it; null where none does. */
  undated_since: number | null;
  noted_at: number;
}

/** One row. */
export interface RoleChangesTable {
  /** How often the operator has said that the roles of `ACCESS_FILE` count as they are now. */
  version: number;
  /** Names those roles. */
  roles_hash: string;
}

/** A scope that access tokens of a grant were asked for with, less than it holds, until the last of them expires. */
export interface NarrowedScopesTable {
  grant_id: string;
  /** Of the names in order: finds the row again. */
  scope_hash: string;
  /** What the tokens call it by. */
  id: string;
  scope: string;
  expires_at: number;
}
