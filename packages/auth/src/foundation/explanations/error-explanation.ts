/** What an error means, in words for whoever meets it. Between backticks stands code. */
export interface ErrorExplanation {
  readonly cause: string;
  readonly fix: string;
}

/** The errors of one subject, by code. */
export type ErrorChapter<C extends string> = Readonly<Record<C, ErrorExplanation>>;
