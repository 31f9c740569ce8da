import { createInterface } from 'node:readline';

/** Asks a yes-or-no question; Enter means yes, and Ctrl-C, Ctrl-D and the end of the terminal mean no. */
export type Ask = (question: string) => Promise<boolean>;

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };
type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** How to ask a person; undefined without a terminal. */
export function findAsk(input: Input = process.stdin, output: Output = process.stdout): Ask | undefined {
  if (!input.isTTY || !output.isTTY) return undefined;
  return (question) => {
    const terminal = createInterface({ input, output });
    return new Promise((resolve) => {
      const endUnanswered = (): void => {
        output.write('\n'); // the next text would stand beside the question
        resolve(false);
      };
      terminal.once('close', endUnanswered);
      terminal.question(`${question} [Y/n] `, (answer) => {
        resolve(/^(y(es)?)?$/i.test(answer.trim()));
        terminal.off('close', endUnanswered).close();
      });
    });
  };
}
