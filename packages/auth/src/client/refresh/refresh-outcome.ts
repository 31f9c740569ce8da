import type { CookieChange, Session } from '../../session/index.ts';

/** What came of a refresh. A value and not an error, so that every request that waited for it gets the same. */
export type RefreshOutcome =
  /** Without a cookie where the site's own session store failed: whoever uses the outcome saves the session. */
  | { readonly kind: 'renewed'; readonly session: Session; readonly cookie: CookieChange | undefined }
  /** The provider is down: the session goes on as it is. */
  | { readonly kind: 'kept' }
  /** Another process is refreshing and left no result yet: the session goes on, and no cookie is written. */
  | { readonly kind: 'elsewhere' }
  /** The provider refused: the session is over. */
  | { readonly kind: 'ended' };
