import { type RevocableSession, type RevocationStore, toPersonOrder } from '../../session/index.ts';
import { type Case, type ContractRow, newCase, requireEqual } from './contract-row.ts';

/** A logout of a person in the middle of this second. Milliseconds move its arrival, seconds the provider's time. */
function orderOf({ session }: Case, seconds = 0, milliseconds = 0): number {
  const { issuedAt } = session;
  return toPersonOrder(issuedAt + seconds, issuedAt * 1000 + 500 + milliseconds);
}

type PersonRow = readonly [
  what: string,
  ended: boolean,
  session: (made: Case) => Partial<RevocableSession>,
  orders?: (made: Case) => readonly (number | undefined)[],
];

/** Logouts of a person: a session that has an `order` is judged by it, one of an earlier release by its `issuedAt`. */
const rows: readonly PersonRow[] = [
  ['of a later second than the login: it ends', true, (made) => ({ order: orderOf(made, -1) })],
  ['of an earlier second than the login: it lives', false, (made) => ({ order: orderOf(made, 1) })],
  ['in the second of the login, arrived later: it ends', true, (made) => ({ order: orderOf(made, 0, -1) })],
  [
    'in the second of the login, arrived earlier: it lives',
    false,
    (made) => ({ order: orderOf(made, 0, 1) }),
  ],
  [
    'B-07 arrived while the login was under way: it ends',
    true,
    (made) => ({ order: orderOf(made, 1, -1), isOpening: true }),
  ],
  [
    'arrived before the login began: it opens',
    false,
    (made) => ({ order: orderOf(made, 0, 1), isOpening: true }),
  ],
  ['a session of an earlier release: it ends by its own time', true, () => ({})],
  ['as an earlier release wrote it: it ends', true, (made) => ({ order: orderOf(made) }), () => [undefined]],
  [
    'an earlier one that arrives later: the later one counts',
    true,
    (made) => ({ order: orderOf(made, -1) }),
    (made) => [orderOf(made), orderOf(made, -2)],
  ],
];

function toContractRow([what, ended, sessionOf, ordersOf = (made) => [orderOf(made)]]: PersonRow) {
  const prove: ContractRow<RevocationStore>[1] = async (store, clock) => {
    const made = newCase(clock);
    const row = { ...made.row, sub: made.session.sub };
    for (const order of ordersOf(made)) await store.revoke(order === undefined ? row : { ...row, order });
    const session = { ...made.session, ...sessionOf(made) };
    requireEqual(await store.isRevoked(session), ended, `isRevoked: by sub, ${what}`);
  };
  return [`by sub, ${what}`, prove] as const;
}

export const personLogoutRows: readonly ContractRow<RevocationStore>[] = rows.map(toContractRow);
