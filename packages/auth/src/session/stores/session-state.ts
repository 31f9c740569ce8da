import type { RevocableSession, RevocationStore, SessionState } from './revocation-store.ts';

/** A store as far as sessions and tokens are asked about in it. */
export type StateStore = Pick<RevocationStore, 'isRevoked' | 'findState'>;

/** What a store knows of a session; of changed permissions nothing where it can't keep them. */
export async function findState(store: StateStore, session: RevocableSession): Promise<SessionState> {
  if (store.findState) return store.findState(session);
  return { isRevoked: await store.isRevoked(session), permissionsChangedAt: undefined };
}

/**
 * Whether a token says what no longer counts: it was issued up to the second in which its person's permissions changed.
 * Within that second nobody can tell which came first, so the provider gives out no token in it after the change.
 *
 * @param issuedAt `iat` of the token; both times are the provider's
 */
export function isOutdated(issuedAt: number, permissionsChangedAt: number | undefined): boolean {
  return permissionsChangedAt !== undefined && Math.floor(issuedAt) <= permissionsChangedAt;
}
