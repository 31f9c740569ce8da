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

/** The blog's own tables. Those of `authMigrations` are read by the stores of `packages/auth` alone. */
export interface BlogSchema {
  readonly posts: PostsTable;
}
