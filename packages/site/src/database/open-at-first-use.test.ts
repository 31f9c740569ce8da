import { expect, it } from 'vitest';
import { openAtFirstUse } from './open-at-first-use.ts';

it('F-17 a database is opened once for all who ask, and again where that failed', async () => {
  const outcomes = [Promise.reject(new Error('away')), Promise.resolve('open')];
  let opened = 0;
  const database = openAtFirstUse(async () => outcomes[opened++]);
  expect(await Promise.allSettled([database(), database()])).toMatchObject([
    { status: 'rejected', reason: { message: 'away' } },
    { status: 'rejected', reason: { message: 'away' } },
  ]);
  expect(await Promise.all([database(), database()])).toEqual(['open', 'open']);
  expect(opened).toBe(2);
});
