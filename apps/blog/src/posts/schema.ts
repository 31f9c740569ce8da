import type { Generated } from 'kysely';

/** A post. `mentions` is a JSON array of product slugs; `published_on` is `2026-10-02`, or null for a draft. */
export interface PostsTable {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  readonly published_on: string | null;
  readonly mentions: string;
  readonly body: string;
  /** The `sub` of whoever writes it; null for the posts that the blog began with. */
  readonly author: string | null;
  /** Grows with each change, so that nobody changes or publishes what they have not seen. */
  readonly version: Generated<number>;
  /** Epoch seconds. */
  readonly updated_at: number | null;
  /** Names the request that made it, among those of this author. */
  readonly idempotency_key: string | null;
}

export interface CommentsTable {
  readonly id: string;
  readonly slug: string;
  /** The `sub` of whoever wrote it. */
  readonly person: string;
  /** Epoch seconds. */
  readonly written_at: number;
  readonly text: string;
  /** Names the request that made it, among those of this person. */
  readonly idempotency_key: string;
  readonly hidden_at: number | null;
  readonly hidden_by: string | null;
}

/** How people who wrote something here are called. */
export interface PeopleTable {
  readonly sub: string;
  readonly name: string;
}

/** The blog's own tables. Those of `authMigrations` are read by the stores of `packages/auth` alone. */
export interface BlogSchema {
  readonly posts: PostsTable;
  readonly comments: CommentsTable;
  readonly people: PeopleTable;
}
