import {
  type CookieChange,
  cookieNamesIn,
  cookieReader,
  isTransactionId,
  openTransaction,
  sealTransaction,
  type Transaction,
} from '../session/index.ts';
import type { Site } from './site.ts';

/** More tabs than anybody signs in from at once; older ones give way, so that cookies never pile up (pain 11). */
const MAX_PENDING = 4;

/**
 * The cookies of one question more to the provider. Each question has a cookie of its own, so that tabs which start at
 * the same moment don't overwrite each other's; what is over goes.
 */
export async function addPending(
  site: Site,
  request: Request,
  transaction: Transaction,
): Promise<CookieChange[]> {
  const { jar, sealer, lifetimes } = site;
  const value = await sealTransaction(sealer, transaction);
  const own = jar.set(nameOf(site, transaction.id), value, lifetimes.transactionSeconds);
  return [...(await pruneOthers(site, request)), own];
}

/** The question that a `state` answers, where this browser asked it and may still be answered. */
export async function findPending(
  site: Site,
  request: Request,
  id: string,
): Promise<Transaction | undefined> {
  if (!isTransactionId(id)) return undefined;
  const cookie = cookieReader(request.headers.get('cookie'))(nameOf(site, id));
  const transaction = await openTransaction(site.sealer, cookie, oldestStart(site));
  return transaction?.id === id ? transaction : undefined;
}

/** The question is used up, whatever came of it. */
export function dropPending(site: Site, id: string): CookieChange[] {
  return isTransactionId(id) ? [site.jar.remove(nameOf(site, id))] : [];
}

const nameOf = ({ jar }: Site, id: string) => `${jar.names.login}-${id}`;
const oldestStart = ({ clock, lifetimes }: Site) => clock() - lifetimes.transactionSeconds;

/** Leaves room for one more: removes what can't be answered, and the oldest. */
async function pruneOthers(site: Site, { headers }: Request): Promise<CookieChange[]> {
  const header = headers.get('cookie');
  const read = cookieReader(header);
  const prefix = nameOf(site, '');
  const names = cookieNamesIn(header).filter((name) => name.startsWith(prefix));
  const started = await Promise.all(
    names.map(async (name) => {
      const transaction = await openTransaction(site.sealer, read(name), oldestStart(site));
      return { id: name.slice(prefix.length), startedAt: transaction?.startedAt ?? 0 };
    }),
  );
  const newestFirst = started.toSorted((one, other) => other.startedAt - one.startedAt);
  return newestFirst
    .filter(({ startedAt }, index) => startedAt === 0 || index >= MAX_PENDING - 1)
    .flatMap(({ id }) => dropPending(site, id));
}
