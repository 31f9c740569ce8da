import type { PermissionsChange, RevocationStore, SessionState } from '../../session/index.ts';
import { type Case, type ContractRow, newCase, requireEqual } from './contract-row.ts';

type ChangeRow = readonly [
  what: string,
  /** How many seconds after the case began the change is that is found; none where it is undefined. */
  foundAfter: number | undefined,
  changesOf: (made: Case) => readonly PermissionsChange[],
  laterSeconds?: number,
];

function changeOf({ session, row }: Case, after = 0, changed: Partial<PermissionsChange> = {}) {
  return { issuer: row.issuer, sub: session.sub, at: row.at + after, until: row.until, ...changed };
}

/** Changed permissions. A store without `changePermissions` and `findState` passes: they are optional, together. */
const rows: readonly ChangeRow[] = [
  ['none where nothing has changed', undefined, () => []],
  ['the second of a change', 0, (made) => [changeOf(made)]],
  ['the later of two', 5, (made) => [changeOf(made), changeOf(made, 5)]],
  ['N-02 the later of two where the older arrives last', 5, (made) => [changeOf(made, 5), changeOf(made)]],
  ['none of another person', undefined, (made) => [changeOf(made, 0, { sub: 'other' })]],
  ['P-11 none of another issuer', undefined, (made) => [changeOf(made, 0, { issuer: 'https://x.example' })]],
  [
    'none of a person whose sub is the sid of this one',
    undefined,
    (made) => [changeOf(made, 0, { sub: made.session.sid })],
  ],
  ['none that is over', undefined, (made) => [changeOf(made)], 900],
];

function toContractRow([what, foundAfter, changesOf, later = 0]: ChangeRow) {
  const prove: ContractRow<RevocationStore>[1] = async (store, clock) => {
    const made = newCase(clock);
    if (!store.changePermissions) return;
    for (const change of changesOf(made)) await store.changePermissions(change);
    clock.advance(later);
    const state = await requireState(store, made);
    const wanted = foundAfter === undefined ? undefined : made.row.at + foundAfter;
    requireEqual(state.permissionsChangedAt, wanted, `findState: ${what}`);
    requireEqual(state.isRevoked, false, 'isRevoked of findState');
  };
  return [`findState, where there is one, finds ${what}`, prove] as const;
}

async function requireState({ findState }: RevocationStore, { session }: Case): Promise<SessionState> {
  if (findState) return findState(session);
  throw new Error('changePermissions is there, and findState is not');
}

const newsRow: ContractRow<RevocationStore> = [
  'N-02 changePermissions, where there is one, says whether a change is later than what was known',
  async ({ changePermissions }, clock) => {
    if (!changePermissions) return;
    const made = newCase(clock);
    const answers = [];
    for (const after of [0, 0, -1, 1, 0, 1]) answers.push(await changePermissions(changeOf(made, after)));
    requireEqual(answers.join(), 'true,false,false,true,false,false', 'changePermissions');
  },
];

const endedRow: ContractRow<RevocationStore> = [
  'findState, where there is one, says of an ended session that it was',
  async (store, clock) => {
    const made = newCase(clock);
    if (!store.findState) return;
    await store.revoke({ ...made.row, sid: made.session.sid });
    const { isRevoked, permissionsChangedAt } = await store.findState(made.session);
    requireEqual(isRevoked, true, 'isRevoked of findState');
    requireEqual(permissionsChangedAt, undefined, 'permissionsChangedAt');
  },
];

const recentRow: ContractRow<RevocationStore> = [
  'findSince, where there is one, finds changed permissions, and no change that came again',
  async (store, clock) => {
    const made = newCase(clock);
    if (!store.changePermissions || !store.findSince) return;
    const { sub } = made.session;
    const countSince = async (moment: number) =>
      (await store.findSince?.(moment))?.filter(
        ({ kind, subject }) => `${kind} ${subject}` === `permissions ${sub}`,
      ).length;
    await store.changePermissions(changeOf(made));
    requireEqual(await countSince(clock()), 1, 'findSince: rows');
    clock.advance(60);
    await store.changePermissions(changeOf(made));
    requireEqual(await countSince(clock()), 0, 'findSince: rows of a change that came again');
  },
];

export const permissionChangeRows: readonly ContractRow<RevocationStore>[] = [
  ...rows.map(toContractRow),
  newsRow,
  endedRow,
  recentRow,
];
