import { expect } from '../../fixtures/test.ts';
import type { GenericClient } from '../../support/generic-client.ts';

/** Does what one member of the metadata announces, with the value it announces. */
export type Check = (client: GenericClient, announced: unknown) => Promise<void>;

/** A list whose every value has a check in the table; each check runs once. */
export function each(
  table: Readonly<Record<string, (client: GenericClient, value: string) => Promise<void>>>,
): Check {
  return async (client, announced) => {
    expect(Array.isArray(announced) && announced.length > 0, 'it is a list').toBe(true);
    for (const value of Array.isArray(announced) ? announced.map(String) : []) {
      const check = table[value];
      if (!check) throw new Error(`"${value}" is announced, and nothing here tries it`);
      // In order, so that the error names the first value that fails.
      await check(client, value);
    }
  };
}
