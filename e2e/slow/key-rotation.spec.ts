import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { underLogins } from '../support/login-load.ts';
import { rotateKeys } from '../support/signing-keys.ts';

const ROTATIONS = 100;

const test = withOwnStack({ name: 'e2e-rotation' });

test('F-04, G12: keys are rotated a hundred times under logins, and none fails', async ({ stack }) => {
  const began = Date.now();
  const { logins, failures } = await underLogins(
    stack,
    async () => {
      for (let rotation = 0; rotation < ROTATIONS; rotation += 1) {
        await rotateKeys(stack);
      }
    },
    4,
  );
  const seconds = (Date.now() - began) / 1000;
  process.stdout.write(
    `${ROTATIONS} rotations, ${logins} logins in ${Math.round(seconds)} s, ${failures.length} failed\n`,
  );
  expect(failures).toEqual([]);
  expect(logins).toBeGreaterThan(ROTATIONS);
});
