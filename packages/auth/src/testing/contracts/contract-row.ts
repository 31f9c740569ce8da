import { randomId } from '../../foundation/index.ts';
import type { RevocableSession, Revocation } from '../../session/index.ts';
import type { TestClock } from '../test-clock.ts';

/** What every store of a kind must do: a sentence and its check, which throws where the store differs. For `it.each`. */
export type ContractRow<Store> = readonly [
  what: string,
  prove: (store: Store, clock: TestClock) => Promise<void>,
];

const issuer = 'https://id.example';

export interface Case {
  readonly session: RevocableSession & { readonly id: string };
  /** A revocation of this second that names nobody yet. */
  readonly row: Omit<Revocation, 'sid' | 'sub' | 'order'>;
}

/** A person and a session that no other row uses, so that rows may share a store. */
export function newCase(clock: TestClock): Case {
  const [sid, id, sub, now] = [randomId(), randomId(), randomId(), clock()];
  const session = { issuer, sid, id, sub, issuedAt: now };
  return { session, row: { issuer, at: now, until: now + 900 } };
}

export function requireEqual<T>(found: T, wanted: T, what: string): void {
  if (found !== wanted) throw new Error(`${what}: ${String(found)} in place of ${String(wanted)}`);
}
