import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
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
      expect(await store.consumeInteraction(interaction.id, NOW)).toBe(true);
      expect(await store.consumeInteraction(interaction.id, NOW)).toBe(false);
      expect(await store.findInteraction(interaction.id, NOW)).toMatchObject({
        finishedAt: NOW,
        grantId: undefined,
        sessionId: 'session-1',
      });
      expect(await store.findInteraction(interaction.id, NOW + 60)).toBeUndefined();
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
      expect(await store.consumeInteraction(interaction.id, NOW)).toBe(false);
      expect(await store.findInteraction(interaction.id, NOW)).toMatchObject({
        finishedAt: NOW,
        grantId: ids[0],
      });
    });

    it('P-30 that were cancelled are granted nothing', async () => {
      const interaction = interactionOf();
      await store.addInteraction(interaction);
      await store.consumeInteraction(interaction.id, NOW);
      const answer = { id: interaction.id, grantId: unique('grant'), now: NOW, repeatableSeconds: 30 };
      expect(await store.grantInteraction(answer)).toBeUndefined();
    });
  });
}
