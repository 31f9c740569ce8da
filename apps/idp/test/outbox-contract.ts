import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Notice, type Store } from '../src/store/index.ts';
import { openDatabase } from '../src/store/open-database.ts';
import { addNotices } from '../src/store/outbox.ts';
import { laneNameOf, type NewNotice } from '../src/store/outbox-rows.ts';
import { NOW, unique } from './store-samples.ts';

export function noticeOf(change: Partial<NewNotice> = {}): NewNotice {
  return {
    id: unique('notice'),
    kind: 'logout',
    clientId: unique('client'),
    sessionId: unique('session'),
    payload: { sid: unique('sid') },
    recipient: undefined,
    shownTo: undefined,
    createdAt: NOW,
    expiresAt: NOW + 3600,
    ...change,
  };
}

const LEASE = { until: NOW + 10, limit: 10, recipient: undefined };
const PROBE = 4;

const idsOf = (notices: readonly Pick<Notice, 'id'>[]) => notices.map(({ id }) => id);

/** What every engine must do with notices that clients have to get. */
export function describeOutbox(openUrl: () => Promise<string>): void {
  let store: Store;
  let db: ReturnType<typeof openDatabase>;
  beforeAll(async () => {
    const url = await openUrl();
    store = await openStore(url);
    db = openDatabase(url);
  });
  afterAll(async () => {
    await db.destroy();
    await store.close();
  });

  const add = async (...notices: NewNotice[]) => {
    await db.transaction().execute((transaction) => addNotices(transaction, notices));
    return notices;
  };
  const sweepTo = async (now: number) => {
    while ((await store.sweep(now)) > 0);
  };
  const dueLanes = async (now: number) => (await store.listDueLanes(now, PROBE)).map(({ name }) => name);
  const lease = (lane: string, now = NOW, limit = 10) =>
    store.turnNotices([], [{ ...LEASE, lane, now, until: now + 10, limit }], now);
  const probe = (lane: string, now: number) =>
    store.leaseProbe({ lane, now, until: now + 10, recipient: undefined }, PROBE);

  /** Three that wait until it answers. */
  async function silentLane() {
    const clientId = unique('client');
    await add(...Array.from({ length: 3 }, () => noticeOf({ clientId })));
    const lane = laneNameOf({ kind: 'logout', clientId });
    for (const notice of await lease(lane)) await store.postponeNotice(notice, undefined);
    return lane;
  }

  describe('the outbox', () => {
    it('gives a notice to one of many that ask at once, and to others when its lease is over', async () => {
      const [notice] = await add(noticeOf());
      const lane = laneNameOf(noticeOf({ ...notice }));
      const taken = await Promise.all(Array.from({ length: 10 }, () => lease(lane)));
      expect(taken.flat()).toMatchObject([{ id: notice?.id, tries: 1, payload: notice?.payload }]);
      expect(await lease(lane, NOW + 9)).toEqual([]);
      expect(await lease(lane, NOW + 10)).toMatchObject([{ id: notice?.id, tries: 2 }]);
    });

    it('names the lanes in which something is due, however many notices wait in each', async () => {
      const clientId = unique('client');
      const many = Array.from({ length: 50 }, () => noticeOf({ clientId }));
      const other = noticeOf({ createdAt: NOW + 5 });
      await add(...many, other);
      const lane = laneNameOf({ kind: 'logout', clientId });
      expect(await dueLanes(NOW)).toContain(lane);
      expect(await dueLanes(NOW)).not.toContain(laneNameOf(other));
      expect(await dueLanes(NOW + 5)).toContain(laneNameOf(other));
      expect(await lease(lane, NOW, 20)).toHaveLength(20);
      expect(await lease(lane, NOW, 50)).toHaveLength(30);
      expect(await dueLanes(NOW)).not.toContain(lane);
    });

    it('knows a notice by its id once', async () => {
      const notice = noticeOf();
      await add(notice);
      await add(notice);
      expect(idsOf(await lease(laneNameOf(notice)))).toEqual([notice.id]);
    });

    it('has a notice only if what it tells of was committed', async () => {
      const notice = noticeOf();
      const failed = db.transaction().execute(async (transaction) => {
        await addNotices(transaction, [notice]);
        throw new Error('the end failed');
      });
      await expect(failed).rejects.toThrow('the end failed');
      expect(await lease(laneNameOf(notice))).toEqual([]);
    });

    it('keeps a notice that is put off until its time', async () => {
      const [notice] = await add(noticeOf());
      const lane = laneNameOf(noticeOf({ ...notice }));
      const [leased] = await lease(lane);
      if (!leased) throw new Error('nothing was due');
      await store.postponeNotice(leased, NOW + 2);
      expect(await lease(lane, NOW + 1)).toEqual([]);
      expect(await lease(lane, NOW + 2)).toHaveLength(1);
      // The node that had it before, and was slow, does not take it from the one that has it now.
      await store.postponeNotice(leased, NOW);
      expect(await lease(lane, NOW + 3)).toEqual([]);
    });

    it('forgets what was delivered, unless a browser may see it for ten minutes', async () => {
      const shownTo = unique('browser');
      const [hidden, shown] = await add(noticeOf(), noticeOf({ shownTo }));
      await store.finishNotices([hidden?.id ?? '', shown?.id ?? ''], 'delivered', NOW);
      const see = (since: number) => store.listShownNotices(shownTo, since);
      expect(await see(NOW - 1)).toEqual([{ clientId: shown?.clientId, outcome: 'delivered', tries: 0 }]);
      expect(await see(NOW)).toEqual([]);
      expect(await store.listShownNotices(unique('browser'), 0)).toEqual([]);
      await sweepTo(NOW + 599);
      expect(await see(NOW - 1)).toHaveLength(1);
      await sweepTo(NOW + 600);
      expect(await see(NOW - 1)).toEqual([]);
    });

    it('keeps what has to be known of a client that is removed', async () => {
      const [notice] = await add(noticeOf());
      const lane = laneNameOf(noticeOf({ ...notice }));
      const recipient = { backchannel_logout_uri: 'https://shop.example/out' };
      await store.turnNotices([], [{ ...LEASE, lane, now: NOW, recipient }], NOW);
      expect(await lease(lane, NOW + 10)).toMatchObject([{ recipient }]);
    });

    it('ends what nobody has to be told any more, in whichever state it waits', async () => {
      const [due, silent, later] = await add(
        noticeOf({ expiresAt: NOW + 60 }),
        noticeOf({ expiresAt: NOW + 60 }),
        noticeOf(),
      );
      const lanes = [due, silent, later].map((notice) => laneNameOf(noticeOf({ ...notice })));
      const [leased] = await lease(lanes[1] ?? '');
      if (leased) await store.postponeNotice(leased, undefined);
      const ended = (await store.endOverdueNotices(NOW + 60)).map(({ name }) => name);
      expect(lanes.map((lane) => ended.includes(lane))).toEqual([true, true, false]);
      expect(await lease(lanes[0] ?? '', NOW + 61)).toEqual([]);
      expect(await lease(lanes[2] ?? '', NOW + 61)).toHaveLength(1);
    });

    it('counts what waits, and since when', async () => {
      const before = (await store.countNotices()).waiting;
      await add(noticeOf({ createdAt: NOW - 1000 }));
      const { waiting, oldestAt } = await store.countNotices();
      expect([waiting - before, oldestAt]).toEqual([1, NOW - 1000]);
    });
  });

  describe('notices of an address that stays silent', () => {
    it('probe it every four seconds, one of them and another each time, whichever node asks', async () => {
      const lane = await silentLane();
      expect(await lease(lane, NOW + 100)).toEqual([]);
      const probed: string[] = [];
      for (const at of [100, 104, 108]) {
        expect(await dueLanes(NOW + at)).toContain(lane);
        const taken = (await Promise.all([1, 2, 3].map(() => probe(lane, NOW + at)))).flat();
        expect(taken).toHaveLength(1);
        for (const notice of taken) await store.postponeNotice(notice, undefined);
        probed.push(...idsOf(taken));
        expect(await dueLanes(NOW + at + 3)).not.toContain(lane);
      }
      expect(new Set(probed).size).toBe(3);
    });

    it('are due at once when it answers again', async () => {
      const lane = await silentLane();
      const [answered] = await probe(lane, NOW + 100);
      await store.wakeLane(lane, NOW + 101);
      await store.finishNotices([answered?.id ?? ''], 'delivered', NOW + 101);
      expect(await lease(lane, NOW + 101)).toHaveLength(2);
    });
  });
}
