/** Where a page that is over leads. */
export interface WayOn {
  /** An address that a client registered. */
  readonly href: string;
  /** The client's name. */
  readonly to: string;
}

/** A failure that a person sees, because there is no client that may be told. Rendered by `interaction/error-page.ts`. */
export class PageError extends Error {
  readonly status: 400 | 403 | 404 | 405 | 410 | 413 | 429 | 500 | 503;
  /** A short name people can quote; also the one the documentation uses. */
  readonly code: string;
  readonly title: string;
  /** What went wrong, in one plain sentence. */
  readonly reason: string;
  /** What to do now. */
  readonly fix: string;
  /** Who sent the person here, by its registered name. */
  readonly clientName: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** Undefined: the person’s account here, which is always there. */
  readonly wayOn: WayOn | undefined;

  constructor(options: {
    status: PageError['status'];
    code: string;
    title: string;
    reason: string;
    fix: string;
    clientName?: string | undefined;
    retryAfterSeconds?: number;
    wayOn?: WayOn | undefined;
    cause?: unknown;
  }) {
    super(`${options.title}: ${options.reason}`, { cause: options.cause });
    this.name = 'PageError';
    this.status = options.status;
    this.code = options.code;
    this.title = options.title;
    this.reason = options.reason;
    this.fix = options.fix;
    this.clientName = options.clientName;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.wayOn = options.wayOn;
  }
}
