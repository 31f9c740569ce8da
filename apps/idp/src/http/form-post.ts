/** A page that posts an authorization response to its client (OAuth 2.0 Form Post Response Mode §2). */
export interface FormPost {
  /** The client's registered address. */
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
}

/** Renders such a page. The protocol says what is sent, the pages' room how it looks. */
export type RenderFormPost = (form: FormPost) => Promise<Response>;
