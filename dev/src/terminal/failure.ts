/**
 * What a command can fail with and a person can mend. The message is one sentence that names the cause; `fix` is
 * the one thing to do.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  /** What to do, in the imperative. */
  readonly fix: string;
  /** Lines that help to find the cause, such as a program's last words. */
  readonly details: readonly string[];

  constructor(message: string, fix: string, { details = [], cause }: FailureOptions = {}) {
    super(message, { cause });
    this.fix = fix;
    this.details = details;
  }
}

interface FailureOptions {
  readonly details?: readonly string[];
  readonly cause?: unknown;
}
