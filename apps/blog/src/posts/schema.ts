/** A post. `mentions` is a JSON array of product slugs; `published_on` is `2026-10-02`, or null for a draft. */
export interface PostsTable {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  readonly published_on: string | null;
  readonly mentions: string;
  readonly body: string;
}

/** Ended sessions: those of one provider session (`sid`) or all of one person (`sub`). Times are epoch seconds. */
export interface RevocationsTable {
  readonly issuer: string;
  readonly kind: 'sid' | 'sub';
  readonly subject: string;
  readonly at: number;
  readonly until: number;
}

/** What may be used once (answered logins, logout tokens), by a hash of it. Epoch seconds. */
export interface SpentTable {
  readonly key: string;
  readonly until: number;
}

/** What came of a refresh, for the site's other processes: sealed, and for seconds only. Epoch seconds. */
export interface SealedTable {
  readonly id: string;
  readonly value: string;
  readonly until: number;
}

export interface BlogSchema {
  readonly posts: PostsTable;
  readonly revocations: RevocationsTable;
  readonly spent: SpentTable;
  readonly sealed: SealedTable;
}
