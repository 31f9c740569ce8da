import { equalInConstantTime, randomId, type StepUp } from '../foundation/index.ts';
import type { Sealer } from './sealer.ts';

/** One question this browser was sent to the provider with, until it comes back with the answer. */
export interface Transaction extends StepUp {
  /** The part of `state` before the tilde; 128 random bits. */
  readonly id: string;
  readonly kind: 'login' | 'silent' | 'logout';
  /** For the ID token (OIDC Core §3.1.2.1). */
  readonly nonce: string;
  /** PKCE code verifier (RFC 7636 §4.1). */
  readonly verifier: string;
  /** Integer seconds. */
  readonly startedAt: number;
}

/** What `state` itself carries, sealed: a browser that lost its cookies still finds its way back. */
export interface WayBack {
  readonly returnTo: string;
  readonly silent: boolean;
  readonly startedAt: number;
}

/** `state` as it came back, taken apart. `wayBack` is `undefined` when its seal doesn't open. */
export interface ReadState {
  readonly id: string;
  readonly wayBack: WayBack | undefined;
}

/** Tabs that sign in at once, each with a transaction of its own, share one cookie of bounded size. */
const MAX_TRANSACTIONS = 4;

/** A new transaction with fresh random `id`, `nonce` and `verifier`. @param stepUp what the answer has to prove */
export function createTransaction(
  kind: Transaction['kind'],
  startedAt: number,
  stepUp: StepUp = {},
): Transaction {
  return { ...stepUp, id: randomId(), kind, nonce: randomId(), verifier: randomId(32), startedAt };
}

/** The transactions of a login cookie that may still be answered; none for a cookie that isn't ours. */
export async function openTransactions(
  sealer: Sealer,
  cookie: string | undefined,
  notBefore: number,
): Promise<Transaction[]> {
  const jar = await sealer.open('login', cookie);
  return Array.isArray(jar) ? jar.filter(isTransaction).filter(({ startedAt }) => startedAt > notBefore) : [];
}

/** The login cookie's value; the oldest transactions give way. */
export function sealTransactions(sealer: Sealer, transactions: readonly Transaction[]): Promise<string> {
  return sealer.seal('login', transactions.slice(-MAX_TRANSACTIONS));
}

export interface TakenTransaction {
  readonly transaction: Transaction | undefined;
  readonly rest: readonly Transaction[];
}

/** Finds the transaction that a `state` answers and what remains once it is used up. */
export function takeTransaction(transactions: readonly Transaction[], id: string): TakenTransaction {
  const transaction = transactions.find((candidate) => equalInConstantTime(candidate.id, id));
  return { transaction, rest: transactions.filter((candidate) => candidate !== transaction) };
}

/** `state` for a transaction (RFC 6749 §4.1.1): its id and the sealed way back. */
export async function sealState(
  sealer: Sealer,
  { id, startedAt, kind }: Transaction,
  returnTo: string,
): Promise<string> {
  const sealed = await sealer.seal('way-back', { id, returnTo, silent: kind === 'silent', startedAt });
  return `${id}~${sealed}`;
}

/** Takes a returned `state` apart; anything may come in. */
export async function openState(sealer: Sealer, state: string): Promise<ReadState> {
  const at = state.indexOf('~');
  if (at < 0) return { id: state, wayBack: undefined };
  const id = state.slice(0, at);
  const opened = await sealer.open('way-back', state.slice(at + 1));
  return { id, wayBack: isWayBack(opened) && opened.id === id ? opened : undefined };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function isTransaction(value: unknown): value is Transaction {
  if (!isRecord(value)) return false;
  const { id, kind, nonce, verifier, startedAt } = value;
  return (
    [id, kind, nonce, verifier].every((part) => typeof part === 'string') && typeof startedAt === 'number'
  );
}

function isWayBack(value: unknown): value is WayBack & { id: string } {
  if (!isRecord(value)) return false;
  const { id, returnTo, silent, startedAt } = value;
  return (
    typeof id === 'string' &&
    typeof returnTo === 'string' &&
    typeof silent === 'boolean' &&
    typeof startedAt === 'number'
  );
}
