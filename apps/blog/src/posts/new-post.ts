/** A post as its author writes it, in Markdown. */
export interface NewPost {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  /** `2026-10-02`, or undefined for a draft. */
  readonly publishedOn?: string;
  /** Slugs of the shop's products, in the order they are mentioned. */
  readonly mentions: readonly string[];
  readonly body: string;
}
