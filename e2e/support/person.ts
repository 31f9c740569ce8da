import type { Page } from '@playwright/test';
import type { StackInfo } from './shared-stack.ts';

/** A demo person and how they fill in the provider's form. */
export interface Person {
  readonly username: string;
  readonly passphrase: string;
  readonly name: string;
  fillSignIn(page: Page): Promise<void>;
}

/** @throws Error when the stack has no such demo person. */
export function createPerson(stack: Pick<StackInfo, 'people'>, username: string): Person {
  const found = stack.people.find((candidate) => candidate.username === username);
  if (!found) throw new Error(`no demo person "${username}": see dev/src/stack/demo-people.ts`);
  const { password: passphrase, name } = found;
  return {
    username,
    passphrase,
    name,
    async fillSignIn(page) {
      await page.getByLabel('Username').fill(username);
      await page.getByLabel('Passphrase').fill(passphrase);
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
  };
}
