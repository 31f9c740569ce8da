import { sha256Base64url } from '../../crypto/index.ts';
import type { SessionContext } from '../session-context.ts';
import type { SingleUseStore } from './single-use-store.ts';

/** Whose store it is: the key that reaches the store names this client. */
export type SingleUseContext = Pick<SessionContext, 'names'> & { readonly spent: SingleUseStore };

/** Consumes a login, its outcome, a logout token or a refresh: true the first time only. The store gets a hash and never the id. */
export async function consumeOnce(
  { names, spent }: SingleUseContext,
  kind: 'login' | 'signed-in' | 'code-refused' | 'failed' | 'logout' | 'refresh',
  id: string,
  until: number,
): Promise<boolean> {
  const key = await sha256Base64url(JSON.stringify([names.issuer, names.clientId, kind, id]));
  return spent.consume(key, until);
}
