import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type LoneProvider, startLoneProvider, type Visitor } from './lone-provider.ts';

const ROUNDS = 20;

/** Kills the provider at one moment of a sign-out. */
type Moment = (provider: LoneProvider, visitor: Visitor) => Promise<unknown>;

const afterThePress =
  (milliseconds: number): Moment =>
  async (provider, visitor) => {
    const answer = visitor.signOut();
    await delay(milliseconds);
    await provider.killAndRestart();
    await answer;
  };

const moments: readonly (readonly [string, Moment])[] = [
  ...[0, 1, 2, 4, 7, 12].map((milliseconds): [string, Moment] => [
    `${milliseconds} ms after the button was pressed`,
    afterThePress(milliseconds),
  ]),
  [
    'once the person has their answer',
    async (provider, visitor) => {
      await visitor.signOut();
      await provider.killAndRestart();
    },
  ],
  [
    'as the site gets the logout token, which it then loses',
    async (provider, visitor) => {
      const arrival = Promise.withResolvers<undefined>();
      provider.beforeAnswer = async () => {
        provider.told.delete(visitor.sid);
        arrival.resolve(undefined);
        await delay(50);
      };
      await visitor.signOut();
      await arrival.promise;
      provider.beforeAnswer = () => undefined;
      await provider.killAndRestart();
    },
  ],
  [
    'as the site has taken the logout token',
    async (provider, visitor) => {
      await visitor.signOut();
      await expect.poll(() => provider.told.has(visitor.sid), { intervals: [1] }).toBe(true);
      await provider.killAndRestart();
    },
  ],
  [
    'while the site is down',
    async (provider, visitor) => {
      await provider.stopSite();
      await visitor.signOut();
      await delay(30);
      await provider.killAndRestart();
      await provider.startSite();
    },
  ],
];

test.describe.configure({ timeout: 600_000 });

for (const [moment, kill] of moments) {
  test(`F-30 the provider is killed ${moment}, ${ROUNDS} times: nothing is lost`, async () => {
    await using provider = await startLoneProvider();
    const ended: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const visitor = await provider.signIn();
      await kill(provider, visitor);
      // A sign-out that was not committed is none: the person sees that, and presses again.
      if (await visitor.isSignedIn()) await visitor.signOut();
      expect(await visitor.isSignedIn()).toBe(false);
      ended.push(visitor.sid);
    }
    await expect.poll(() => ended.filter((sid) => !provider.told.has(sid)), { timeout: 60_000 }).toEqual([]);
  });
}
