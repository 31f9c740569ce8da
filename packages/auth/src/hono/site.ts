import type { ApiFetch, RelyingParty, TokenFor } from '../client/index.ts';
import type { SessionView } from '../session/index.ts';

/** The site as this adapter needs it. */
export type HonoSite<P extends string, A extends string> = Pick<
  RelyingParty<P, A>,
  'handler' | 'updateSession' | 'loginPath' | 'isSameOrigin' | 'proofs'
>;

/** What the middleware leaves in the context. `P` are the permissions of the site's own API, `A` all audiences. */
export interface SessionVariables<P extends string, A extends string> {
  readonly session: SessionView<P> | undefined;
  /**
   * A Bearer token for another audience (RFC 8693), by the session as this request refreshed it; without one the
   * session's own access token.
   */
  readonly tokenFor: TokenFor<A>;
  /** `fetch` with that Bearer token; redirects are refused, so that the token goes to no other place. */
  readonly apiFetch: ApiFetch<A>;
}
