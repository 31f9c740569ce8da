import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { type NarrowedScope, NARROWED_SCOPES_PER_GRANT } from '../src/store/narrowed-scopes.ts';
import { NOW, sweepAway, unique } from './store-samples.ts';

const scopeOf = (grantId: string, change: Partial<NarrowedScope> = {}): NarrowedScope => ({
  grantId,
  scope: ['openid', 'blog:posts.read'],
  scopeHash: unique('hash'),
  newId: unique('id'),
  expiresAt: NOW + 630,
  ...change,
});

/** What every engine must do with scopes of tokens that were asked for less than their grant. */
export function describeNarrowedScopes(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('T-40 a narrowed scope', () => {
    it('is one row for all tokens of its grant, of ten at once too, and lasts as long as the last', async () => {
      const grantId = unique('grant');
      const scopeHash = unique('hash');
      const kept = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.keepNarrowedScope(scopeOf(grantId, { scopeHash, expiresAt: NOW - 5000 + index })),
        ),
      );
      expect(new Set(kept).size).toBe(1);
      const id = kept[0] ?? '';
      await store.keepNarrowedScope(scopeOf(grantId, { scopeHash, expiresAt: NOW - 6000 }));
      await sweepAway(store, NOW - 4992);
      expect(await store.findNarrowedScope(grantId, id)).toEqual(['openid', 'blog:posts.read']);
      await sweepAway(store, NOW - 4991);
      expect(await store.findNarrowedScope(grantId, id)).toBeUndefined();
    });

    it('belongs to its grant', async () => {
      const id = await store.keepNarrowedScope(scopeOf(unique('grant')));
      expect(await store.findNarrowedScope(unique('grant'), id ?? '')).toBeUndefined();
    });

    it(`is kept for ${NARROWED_SCOPES_PER_GRANT} of a grant at once and for no more, however many are made up`, async () => {
      const grantId = unique('grant');
      const scopes = Array.from({ length: NARROWED_SCOPES_PER_GRANT + 20 }, () => scopeOf(grantId));
      const kept: (string | undefined)[] = [];
      for (const scope of scopes) kept.push(await store.keepNarrowedScope(scope));
      expect(kept.filter((id) => id !== undefined)).toHaveLength(NARROWED_SCOPES_PER_GRANT);
      const [first = scopeOf(grantId)] = scopes;
      expect(await store.keepNarrowedScope({ ...first, newId: unique('id') })).toBe(first.newId);
      expect(await store.keepNarrowedScope(scopeOf(unique('other')))).toBeDefined();
    });
  });
}
