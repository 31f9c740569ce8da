import {
  type CookieChange,
  cookieReader,
  openTransactions,
  sealTransactions,
  type Transaction,
} from '../session/index.ts';
import type { Site } from './site.ts';

/** The questions that this browser was sent to the provider with and that may still be answered. */
export function readPending(
  { jar, sealer, clock, lifetimes }: Site,
  request: Request,
): Promise<Transaction[]> {
  const cookie = cookieReader(request.headers.get('cookie'))(jar.names.login);
  return openTransactions(sealer, cookie, clock() - lifetimes.transactionSeconds);
}

/** The login cookie with these questions; gone when there are none. */
export async function keepPending(site: Site, pending: readonly Transaction[]): Promise<CookieChange> {
  const { jar, sealer, lifetimes } = site;
  if (pending.length === 0) return jar.remove(jar.names.login);
  return jar.set(jar.names.login, await sealTransactions(sealer, pending), lifetimes.transactionSeconds);
}
