import type { Event, Hop, SiteName } from '../records/record.ts';

/** Where an arrow begins or ends. Whatever is no site counts as the browser: a person's, or a program of theirs. */
export type Lane = 'browser' | SiteName;
export const lanes: readonly Lane[] = ['browser', 'shop', 'blog', 'idp'];

/** What a step is about, to filter by. */
export const kinds = ['page', 'redirect', 'sign-in', 'token', 'keys', 'api', 'logout', 'event'] as const;
export type Kind = (typeof kinds)[number];

/** One arrow: a request, with everything that was said of it. */
export interface Message {
  readonly id: number;
  readonly hop: Hop;
  readonly kind: Kind;
  readonly title: string;
  readonly from: Lane;
  readonly to: SiteName;
  /** In the order in which they happened. */
  readonly events: readonly Event[];
  /** Why it was refused, in the words of whoever refused it. */
  readonly failure: Failure | undefined;
  /** The person it is about, by `sub`. */
  readonly sub: string | undefined;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
}
