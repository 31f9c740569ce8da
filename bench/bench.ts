/** One benchmark. */
export interface Bench {
  /** As `pnpm bench` takes it, and as the mark in the README has it. */
  readonly name: string;
  /** What it measures, in a line. */
  readonly what: string;
  /** @param print for what happens meanwhile. @returns Markdown for the README */
  readonly run: (print: (line: string) => void) => Promise<string>;
}
