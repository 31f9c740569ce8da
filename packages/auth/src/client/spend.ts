import { sha256Base64url } from '../foundation/index.ts';
import type { Site } from './site.ts';

/** Uses something up: true the first time only. The store sees a hash that names this client, not what was used. */
export async function spendOnce(
  { names, spent }: Site,
  kind: 'login' | 'logout' | 'refresh',
  id: string,
  until: number,
): Promise<boolean> {
  const key = await sha256Base64url(JSON.stringify([names.issuer, names.clientId, kind, id]));
  return spent.spendOnce(key, until);
}
