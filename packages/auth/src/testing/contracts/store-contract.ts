import { randomId } from '../../foundation/index.ts';
import type { Revocation, RevocationStore, SessionStore, SingleUseStore } from '../../session/index.ts';
import { type Case, type ContractRow, newCase, requireEqual } from './contract-row.ts';
import { personLogoutRows } from './person-logout-rows.ts';
import { permissionChangeRows } from './permission-change-rows.ts';
import { recentRevocationRows } from './recent-revocation-rows.ts';

export { type ContractRow } from './contract-row.ts';

function revocationRow(
  what: string,
  ended: boolean,
  revocationsOf: (made: Case) => readonly Revocation[],
  laterSeconds = 0,
): ContractRow<RevocationStore> {
  return [
    what,
    async (store, clock) => {
      const made = newCase(clock);
      for (const revocation of revocationsOf(made)) await store.revoke(revocation);
      clock.advance(laterSeconds);
      requireEqual(await store.isRevoked(made.session), ended, `isRevoked: ${what}`);
    },
  ];
}

/** What a `RevocationStore` must do. Its clock must be the one that the rows get. */
export const revocationContract: readonly ContractRow<RevocationStore>[] = [
  revocationRow('nobody revoked: it lives', false, () => []),
  revocationRow('B-03 by sid: that session ends', true, ({ session, row }) => [{ ...row, sid: session.sid }]),
  revocationRow('B-03 by sub: all of the person end', true, ({ session, row }) => [
    { ...row, sub: session.sub },
  ]),
  revocationRow('B-03 by another sid of the same person: it lives', false, ({ session, row }) => [
    { ...row, sid: 'other', sub: session.sub },
  ]),
  revocationRow('by its own id, as a login that takes its place ends it', true, ({ session, row }) => [
    { ...row, sid: session.id },
  ]),
  revocationRow('by the id of another session of the same sid: it lives', false, ({ row }) => [
    { ...row, sid: 'another id' },
  ]),
  revocationRow('by another sub: it lives', false, ({ row }) => [{ ...row, sub: 'other' }]),
  revocationRow('a sid is no sub and a sub no sid: it lives', false, ({ session, row }) => [
    { ...row, sub: session.sid },
    { ...row, sid: session.sub },
  ]),
  revocationRow('P-11 by another issuer: it lives', false, ({ session, row }) => [
    { ...row, issuer: 'https://other.example', sid: session.sid },
  ]),
  revocationRow('B-07 in the second it was opened: it ends', true, ({ session, row }) => [
    { ...row, at: session.issuedAt, sid: session.sid },
  ]),
  revocationRow('before it was opened: a new login lives', false, ({ session, row }) => [
    { ...row, at: session.issuedAt - 1, sid: session.sid },
  ]),
  revocationRow(
    'a revocation that ends earlier does not shorten one that ends later',
    true,
    ({ session, row }) => [
      { ...row, sid: session.sid },
      { ...row, at: row.at - 500, until: row.at + 1, sid: session.sid },
    ],
    60,
  ),
  revocationRow(
    'a revocation that ends later extends one that ends earlier',
    true,
    ({ session, row }) => [
      { ...row, at: row.at - 500, until: row.at + 1, sid: session.sid },
      { ...row, sid: session.sid },
    ],
    60,
  ),
  ...personLogoutRows,
  revocationRow('twice the same is one', true, ({ session, row }) => [
    { ...row, sid: session.sid },
    { ...row, sid: session.sid },
  ]),
  revocationRow('names are compared as they are, quotes and all', true, ({ row, session }) => [
    { ...row, sid: "'; drop table revocations; --" },
    { ...row, sid: session.sid },
  ]),
  ...recentRevocationRows,
  ...permissionChangeRows,
  revocationRow(
    'is forgotten once no such session can be alive',
    false,
    ({ session, row }) => [{ ...row, sid: session.sid }],
    900,
  ),
];

/** What a `SingleUseStore` must do. Its clock must be the one that the rows get. */
export const spentContract: readonly ContractRow<SingleUseStore>[] = [
  [
    'B-02 P-14 the first time only',
    async (store, clock) => {
      const [key, until] = [randomId(32), clock() + 10];
      const answers = [await store.consume(key, until), await store.consume(key, until)];
      requireEqual(answers.join(), 'true,false', 'consume twice');
    },
  ],
  [
    'K-03 one of ten at the same moment',
    async (store, clock) => {
      const [key, until] = [randomId(32), clock() + 10];
      const answers = await Promise.all(Array.from({ length: 10 }, () => store.consume(key, until)));
      requireEqual(answers.filter(Boolean).length, 1, 'how many of ten were first');
    },
  ],
  [
    'each key for itself',
    async (store, clock) => {
      const until = clock() + 10;
      const answers = [await store.consume(randomId(32), until), await store.consume(randomId(32), until)];
      requireEqual(answers.join(), 'true,true', 'consume of two keys');
    },
  ],
  [
    'until its time, and not a second longer',
    async (store, clock) => {
      const key = randomId(32);
      await store.consume(key, clock() + 10);
      clock.advance(9);
      const within = await store.consume(key, clock() + 10);
      clock.advance(1);
      requireEqual([within, await store.consume(key, clock() + 10)].join(), 'false,true', 'before and after');
    },
  ],
  [
    'P-14 until a time that is past: tells what was consumed, and consumes nothing',
    async (store, clock) => {
      const [key, until, past] = [randomId(32), clock() + 10, clock() - 30];
      const before = [await store.consume(key, past), await store.consume(key, past)];
      const answers = [...before, await store.consume(key, until), await store.consume(key, past)];
      requireEqual(answers.join(), 'true,true,true,false', 'ask twice, consume, ask');
    },
  ],
];

/** What a `SessionStore` must do. A `RefreshStore` must do all of it except the removal. */
export const sessionStoreContract: readonly ContractRow<SessionStore>[] = [
  [
    'finds nothing under an id that nobody saved',
    async (store) => requireEqual(await store.find(randomId()), undefined, 'find'),
  ],
  [
    'finds what was saved, to the letter, and under its own id only',
    async (store) => {
      const [one, other] = [randomId(), randomId()];
      const sealed = "kid.iv.c-_.tag'; drop table sealed; --";
      await store.save(one, sealed, 60);
      await store.save(other, 'another', 60);
      requireEqual(await store.find(one), sealed, 'find');
      requireEqual(await store.find(other), 'another', 'find under the other id');
    },
  ],
  [
    'keeps 20 kB: sessions come here because they are large',
    async (store) => {
      const [id, sealed] = [randomId(), 'x'.repeat(20_000)];
      await store.save(id, sealed, 60);
      requireEqual((await store.find(id))?.length, sealed.length, 'how much of it came back');
    },
  ],
  [
    'a second save replaces the first',
    async (store) => {
      const id = randomId();
      await store.save(id, 'first', 60);
      await store.save(id, 'second', 60);
      requireEqual(await store.find(id), 'second', 'find');
    },
  ],
  [
    'B-10 what was removed is gone, and removing it twice is no error',
    async (store) => {
      const id = randomId();
      await store.save(id, 'sealed', 60);
      await store.remove(id);
      await store.remove(id);
      requireEqual(await store.find(id), undefined, 'find');
    },
  ],
];
