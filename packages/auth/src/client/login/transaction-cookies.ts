import {
  type CookieChange,
  cookieNamesIn,
  cookieReader,
  isTransactionId,
  openTransaction,
  sealTransaction,
  type Transaction,
} from '../../session/index.ts';
import type { Site } from '../site.ts';

/** More tabs than anybody signs in from at once. The oldest are dropped, so that cookies never pile up (pain 11). */
const MAX_TRANSACTIONS = 4;

/**
 * The cookie of a new transaction, and the removal of those that are over. Each transaction has a cookie of its own, so
 * that tabs which start at the same moment don't overwrite each other's.
 */
export async function addTransactionCookie(
  site: Site,
  request: Request,
  transaction: Transaction,
): Promise<CookieChange[]> {
  const { jar, transactionSealer, lifetimes } = site;
  const value = await sealTransaction(transactionSealer, transaction);
  const added = jar.set(cookieNameOf(site, transaction.id), value, lifetimes.transactionSeconds);
  return [...(await dropOldTransactions(site, request)), added];
}

/** The pending transaction that a `state` belongs to; `undefined` where this browser began none, or too long ago. */
export async function findTransaction(
  site: Site,
  request: Request,
  id: string,
): Promise<Transaction | undefined> {
  if (!isTransactionId(id)) return undefined;
  const cookie = cookieReader(request.headers.get('cookie'))(cookieNameOf(site, id));
  const transaction = await openTransaction(site.transactionSealer, cookie, earliestStart(site));
  return transaction?.id === id ? transaction : undefined;
}

/** Takes the transaction out of the browser: it is over, whatever came of it. */
export function removeTransactionCookie(site: Site, id: string): CookieChange[] {
  return isTransactionId(id) ? [site.jar.remove(cookieNameOf(site, id))] : [];
}

const cookieNameOf = ({ jar }: Site, id: string) => `${jar.names.login}-${id}`;
const earliestStart = ({ clock, lifetimes }: Site) => clock() - lifetimes.transactionSeconds;

/** Leaves room for one more: removes the transactions that are over, and the oldest ones. */
async function dropOldTransactions(site: Site, { headers }: Request): Promise<CookieChange[]> {
  const header = headers.get('cookie');
  const read = cookieReader(header);
  const prefix = cookieNameOf(site, '');
  const names = cookieNamesIn(header).filter((name) => name.startsWith(prefix));
  const started = await Promise.all(
    names.map(async (name) => {
      const transaction = await openTransaction(site.transactionSealer, read(name), earliestStart(site));
      return { id: name.slice(prefix.length), startedAt: transaction?.startedAt ?? 0 };
    }),
  );
  const newestFirst = started.toSorted((one, other) => other.startedAt - one.startedAt);
  return newestFirst
    .filter(({ startedAt }, index) => startedAt === 0 || index >= MAX_TRANSACTIONS - 1)
    .flatMap(({ id }) => removeTransactionCookie(site, id));
}
