import type { SubjectType } from './metadata-values.ts';
import { isNativeRedirect } from './redirect-uris.ts';

/** What a registration says of how its client knows people (OIDC Registration §2). */
export interface SectorMembers {
  readonly subject_type?: SubjectType | undefined;
  readonly sector_identifier_uri?: string | undefined;
  readonly redirect_uris: readonly string[];
}

/** Loopback hosts that all native clients share, so that such a host tells nobody apart. */
const SHARED_HOST = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * The sector of a client that registered `subject_type` pairwise: the clients of one sector know a person by the same
 * `sub`, those of two sectors by different ones (OIDC Core §8.1). It is the host of `sector_identifier_uri`, else the one
 * host of all `redirect_uris`. Undefined where neither is there.
 */
export function findSector({
  sector_identifier_uri: uri,
  redirect_uris: redirects,
}: SectorMembers): string | undefined {
  if (uri !== undefined) return new URL(uri).hostname;
  if (redirects.some(isNativeRedirect)) return undefined;
  const [only, ...others] = new Set(redirects.map((redirect) => new URL(redirect).hostname));
  return others.length === 0 && only !== undefined && !SHARED_HOST.test(only) ? only : undefined;
}

/** @throws Error for a registration that no schema of ours let pass. */
export function requireSector(members: SectorMembers): string {
  const sector = findSector(members);
  if (sector === undefined) throw new Error('sector_identifier_uri is missing');
  return sector;
}
