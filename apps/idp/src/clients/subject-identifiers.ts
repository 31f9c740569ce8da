import { createHmac } from 'node:crypto';
import { randomId } from '../foundation/secrets.ts';
import type { Store } from '../store/index.ts';
import type { Client } from './client.ts';

/**
 * What a reader of tokens knows a person by (OIDC Core §8): the person's own `sub`, or, for a client of a sector, one that
 * tells nobody of another sector who that is. Without a reader, as for an API that no client stands for, the own.
 */
export type SubjectFor = (reader: Pick<Client, 'sector'> | undefined, sub: string) => string;

/**
 * Opens the names by which clients know people. The salt is made once and kept with the people: with another one every
 * pairwise client would take everybody for somebody new.
 */
export async function openSubjectIdentifiers(store: Pick<Store, 'findOrAddSecret'>): Promise<SubjectFor> {
  const salt = await store.findOrAddSecret('pairwise subjects', randomId(32));
  return (reader, sub) => (reader?.sector === undefined ? sub : pairwise(salt, reader.sector, sub));
}

/** Keyed, so that whoever knows sector and person can't compute it (OIDC Core §8.1). */
function pairwise(salt: string, sector: string, sub: string): string {
  // JSON tells where the sector ends and the person begins.
  return createHmac('sha256', salt)
    .update(JSON.stringify([sector, sub]))
    .digest('base64url');
}
