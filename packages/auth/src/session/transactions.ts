import { randomId, type StepUp } from '../foundation/index.ts';
import type { Sealer } from './sealer.ts';

/** One request that this browser was sent to the provider with, until it comes back with the response. */
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
  /** Of a sign-out that is finished later than it was asked for: the page that the person opened meanwhile. */
  readonly returnTo?: string;
  /** Begun by the callback in the place of one whose code was replaced; that happens once. */
  readonly isSecond?: boolean;
}

/** What `state` itself carries, sealed: a browser that lost its cookies still finds the page it came from. */
export interface StatePayload {
  readonly returnTo: string;
  readonly silent: boolean;
  readonly startedAt: number;
}

/** `state` as it came back, taken apart. `payload` is `undefined` when its seal doesn't open. */
export interface ParsedState {
  readonly id: string;
  readonly payload: StatePayload | undefined;
}

/** A new transaction with fresh random `id`, `nonce` and `verifier`. @param options what the response has to prove, and whether it is the second one */
export function createTransaction(
  kind: Transaction['kind'],
  startedAt: number,
  options: StepUp & Pick<Transaction, 'isSecond' | 'returnTo'> = {},
): Transaction {
  return { ...options, id: randomId(), kind, nonce: randomId(), verifier: randomId(32), startedAt };
}

/** Whether a text can be the `id` of a transaction: it becomes part of a cookie's name (C-08). */
export function isTransactionId(id: string): boolean {
  return /^[\w-]{22}$/.test(id);
}

/** The value of a transaction's own cookie. */
export function sealTransaction(sealer: Sealer, transaction: Transaction): Promise<string> {
  return sealer.seal('login', transaction);
}

/** The transaction of a login cookie while it is pending; `undefined` for a cookie that this site didn't seal or that is too old. */
export async function openTransaction(
  sealer: Sealer,
  cookie: string | undefined,
  notBefore: number,
): Promise<Transaction | undefined> {
  const opened = await sealer.open('login', cookie);
  return isTransaction(opened) && opened.startedAt > notBefore ? opened : undefined;
}

/** `state` for a transaction (RFC 6749 §4.1.1): its id and the sealed payload. */
export async function sealState(
  sealer: Sealer,
  { id, startedAt, kind }: Transaction,
  returnTo: string,
): Promise<string> {
  const sealed = await sealer.seal('way-back', { id, returnTo, silent: kind === 'silent', startedAt });
  return `${id}~${sealed}`;
}

/** Takes a returned `state` apart. Never throws, whatever came in. */
export async function openState(sealer: Sealer, state: string): Promise<ParsedState> {
  const at = state.indexOf('~');
  if (at < 0) return { id: state, payload: undefined };
  const id = state.slice(0, at);
  const opened = await sealer.open('way-back', state.slice(at + 1));
  return { id, payload: isStatePayload(opened) && opened.id === id ? opened : undefined };
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

function isStatePayload(value: unknown): value is StatePayload & { id: string } {
  if (!isRecord(value)) return false;
  const { id, returnTo, silent, startedAt } = value;
  return (
    typeof id === 'string' &&
    typeof returnTo === 'string' &&
    typeof silent === 'boolean' &&
    typeof startedAt === 'number'
  );
}
