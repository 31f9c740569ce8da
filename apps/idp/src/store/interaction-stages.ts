/**
 * How far a waiting request has come. Where too many wait, those of a lower stage make room first: nobody misses a page
 * that was never opened.
 */
export const STAGES = {
  /** No browser has opened its page. */
  unopened: 0,
  opened: 1,
  /** Opened by a browser in which somebody signed in here before. */
  openedByKnownBrowser: 2,
  /** A person has done something about it. */
  answered: 3,
} as const;

export type Stage = (typeof STAGES)[keyof typeof STAGES];

/** Rows of one budget that share a bound. */
export interface StageBound {
  readonly budget: string;
  readonly from: Stage;
  readonly to: Stage;
  /** How many of them may wait. */
  readonly most: number;
}
