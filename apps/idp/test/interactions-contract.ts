import { beforeAll, describe, expect, it } from 'vitest';
import { STAGES, type Store } from '../src/store/index.ts';
import { interactionOf, NOW, unique } from './store-samples.ts';

/** What every engine must do with requests that a person is answering. */
export function describeInteractions(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('interactions', () => {
    it('P-15 belong to the first browser that opens them', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      expect(await store.bindInteraction(interaction.id, 'mine')).toBe(true);
      expect(await store.bindInteraction(interaction.id, 'theirs')).toBe(false);
      expect((await store.findInteraction(interaction.id, NOW))?.browserHash).toBe('mine');
    });

    it('finish once and are gone after their time', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      await store.recordSignIn(interaction.id, 'session-1');
      expect(await store.consumeInteraction(interaction.id, NOW, NOW + 30)).toBe(true);
      expect(await store.consumeInteraction(interaction.id, NOW, NOW + 30)).toBe(false);
      expect(await store.findInteraction(interaction.id, NOW)).toMatchObject({
        finishedAt: NOW,
        grantId: undefined,
        sessionId: 'session-1',
      });
      expect(await store.findInteraction(interaction.id, NOW + 30)).toBeUndefined();
    });

    it('end with one grant, also of 10 answers at once, and again until the life of a code is over', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      const answer = (now = NOW) =>
        store.grantInteraction({ id: interaction.id, grantId: unique('grant'), now, repeatableSeconds: 30 });
      const ids = await Promise.all(Array.from({ length: 10 }, () => answer()));
      expect(new Set(ids).size).toBe(1);
      expect(await answer(NOW + 29)).toBe(ids[0]);
      expect(await answer(NOW + 30)).toBeUndefined();
      expect(await store.consumeInteraction(interaction.id, NOW, NOW + 30)).toBe(false);
      expect(await store.findInteraction(interaction.id, NOW)).toMatchObject({
        finishedAt: NOW,
        grantId: ids[0],
      });
    });

    it('P-30 that were cancelled are granted nothing', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      await store.consumeInteraction(interaction.id, NOW, NOW + 30);
      const answer = { id: interaction.id, grantId: unique('grant'), now: NOW, repeatableSeconds: 30 };
      expect(await store.grantInteraction(answer)).toBeUndefined();
    });

    it('F-14 beyond a bound leave by stage, and of one stage the oldest first', async () => {
      const budget = unique('budget');
      const [first, second, third, fourth, fifth] = await addFive(budget);
      await store.recordOpened(second, true);
      await store.recordOpened(third, false);
      await store.recordOpened(fourth, false);
      await store.recordAnswer(fifth);
      const opened = { budget, from: STAGES.opened, to: STAGES.openedByKnownBrowser };
      expect(await store.displaceInteractions({ ...opened, most: 3 })).toBe(0);
      expect(await store.displaceInteractions({ ...opened, most: 2 })).toBe(1);
      expect(await thoseOf([first, second, third, fourth, fifth])).toEqual([first, second, fourth, fifth]);
      expect(await store.displaceInteractions({ ...opened, most: 1 })).toBe(1);
      expect(await thoseOf([first, second, third, fourth, fifth])).toEqual([first, second, fifth]);
      const unopened = { budget, from: STAGES.unopened, to: STAGES.unopened };
      expect(await store.displaceInteractions({ ...unopened, most: 0 })).toBe(1);
      expect(await thoseOf([first, second, third, fourth, fifth])).toEqual([second, fifth]);
    });

    it('F-14 of other budgets stay', async () => {
      const ids = await addFive(unique('budget'));
      const unopened = { budget: unique('budget'), from: STAGES.unopened, to: STAGES.unopened, most: 0 };
      expect(await store.displaceInteractions(unopened)).toBe(0);
      expect(await thoseOf(ids)).toEqual(ids);
    });

    it('F-14 say when as many wait as may', async () => {
      const budget = unique('budget');
      await addFive(budget);
      const bound = { budget, from: STAGES.unopened, to: STAGES.unopened };
      expect(await store.isBoundReached({ ...bound, most: 6 })).toBe(false);
      expect(await store.isBoundReached({ ...bound, most: 5 })).toBe(true);
    });

    it('are no less than answered by being opened once more', async () => {
      const budget = unique('budget');
      const [first] = await addFive(budget);
      await store.recordAnswer(first);
      await store.recordOpened(first, false);
      const answered = { budget, from: STAGES.answered, to: STAGES.answered, most: 1 };
      expect(await store.isBoundReached(answered)).toBe(true);
    });

    it('are taken away for one caller only', async () => {
      const { id, ...interaction } = interactionOf();
      await store.addInteraction({ id, ...interaction });
      const taken = await Promise.all(Array.from({ length: 10 }, () => store.removeInteraction(id)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await store.findInteraction(id, NOW)).toBeUndefined();
    });
  });

  type Five = readonly [string, string, string, string, string];

  /** Their ids, the oldest first. */
  async function addFive(budget: string): Promise<Five> {
    const add = async (arrival: number) => {
      const interaction = { ...interactionOf(), budget, arrival };
      await store.addInteraction(interaction);
      return interaction.id;
    };
    return [await add(1), await add(2), await add(3), await add(4), await add(5)];
  }

  /** Which of them are still there. */
  async function thoseOf(ids: Five): Promise<string[]> {
    const found = await Promise.all(ids.map((id) => store.findInteraction(id, NOW)));
    return found.flatMap((interaction) => interaction?.id ?? []);
  }
}
