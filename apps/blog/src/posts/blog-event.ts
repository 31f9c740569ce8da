/** What the blog tells its log about what is written: ids and decisions, never a name or a text. */
export interface BlogEvent {
  readonly type:
    | 'draft.created'
    | 'draft.changed'
    | 'draft.deleted'
    | 'post.published'
    | 'post.taken_back'
    | 'comment.written'
    | 'comment.hidden'
    | 'comment.shown';
  readonly slug: string;
  readonly comment?: string;
  /** Who did it. */
  readonly sub: string;
  /** The client through which they did it. */
  readonly through: string;
}
