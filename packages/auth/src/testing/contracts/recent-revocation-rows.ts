import type { RecentRevocation, Revocation, RevocationStore } from '../../session/index.ts';
import { type Case, type ContractRow, newCase, requireEqual } from './contract-row.ts';

type RecentRow = readonly [
  what: string,
  /** The kinds of rows that are found. */
  found: readonly string[],
  revocationsOf: (made: Case) => readonly Revocation[],
  /** How long before the question they were revoked, and how far back it reaches; seconds. */
  agoSeconds?: number,
  backSeconds?: number,
];

/** What open tabs live on. A store without `findSince` passes: it is optional. */
const rows: readonly RecentRow[] = [
  ['nothing where nothing was revoked', [], () => []],
  ['a session', ['sid'], ({ session, row }) => [{ ...row, sid: session.sid }]],
  ['a person', ['sub'], ({ session, row }) => [{ ...row, sub: session.sub }]],
  [
    'a person, with the place of the logout among the logins',
    ['order', 'sub'],
    ({ session, row }) => [{ ...row, sub: session.sub, order: row.at * 1_000_000 }],
  ],
  ['one of the very second', ['sid'], ({ session, row }) => [{ ...row, sid: session.sid }], 30, 30],
  ['none of an earlier second', [], ({ session, row }) => [{ ...row, sid: session.sid }], 31, 30],
  ['none that is over', [], ({ session, row }) => [{ ...row, until: row.at + 10, sid: session.sid }], 10, 30],
];

function toContractRow([what, kinds, revocationsOf, ago = 0, back = 30]: RecentRow) {
  const prove: ContractRow<RevocationStore>[1] = async (store, clock) => {
    const made = newCase(clock);
    for (const revocation of revocationsOf(made)) await store.revoke(revocation);
    clock.advance(ago);
    const found = await store.findSince?.(clock() - back);
    if (!found) return;
    const own = found.filter((row) => isOf(made, row)).map(({ kind }) => kind);
    requireEqual(own.toSorted().join(), kinds.join(), `findSince: ${what}`);
  };
  return [`findSince, where there is one, finds ${what}`, prove] as const;
}

const isOf = ({ session }: Case, { issuer, subject }: RecentRevocation) =>
  issuer === session.issuer && [session.sid, session.sub].includes(subject);

const again: ContractRow<RevocationStore> = [
  'findSince, where there is one, finds a session that was revoked again',
  async (store, clock) => {
    const { session, row } = newCase(clock);
    await store.revoke({ ...row, sid: session.sid });
    clock.advance(60);
    await store.revoke({ ...row, sid: session.sid });
    const found = await store.findSince?.(clock());
    if (!found) return;
    requireEqual(found.filter(({ subject }) => subject === session.sid).length, 1, 'findSince: rows');
  },
];

export const recentRevocationRows: readonly ContractRow<RevocationStore>[] = [
  ...rows.map(toContractRow),
  again,
];
