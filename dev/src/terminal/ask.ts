import { createInterface } from 'node:readline/promises';

/** Asks a yes-or-no question; Enter means yes. */
export type Ask = (question: string) => Promise<boolean>;

/** How to ask a person; undefined without a terminal. */
export function findAsk(input = process.stdin, output = process.stdout): Ask | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  return async (question) => {
    const terminal = createInterface({ input, output });
    try {
      const answer = await terminal.question(`${question} [Y/n] `);
      return /^(y(es)?)?$/i.test(answer.trim());
    } finally {
      terminal.close();
    }
  };
}
