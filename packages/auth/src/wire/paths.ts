/** The paths of an app's handlers, below its base URL. Client registrations and adapters use this list. */
export const authPaths = {
  /** GET: starts a login and redirects to the provider; also the `initiate_login_uri` (OIDC Core §4), by GET or POST. */
  login: '/auth/login',
  /** GET: the `redirect_uri` (RFC 6749 §3.1.2); answers 303 to a clean address. */
  callback: '/auth/callback',
  /** POST: ends the app's session, then the sign-on session at the provider. */
  logout: '/auth/logout',
  /** GET: the `post_logout_redirect_uri` (RP-Initiated Logout 1.0 §2). */
  loggedOut: '/auth/logged-out',
  /** GET: the session as JSON, for display. */
  session: '/auth/session',
  /** GET: an event stream that says when the session may have ended, so that open tabs change by themselves. */
  events: '/auth/events',
  /** POST: a token for another site's API, bound to a key of the page that asks (RFC 9449). */
  boundToken: '/auth/bound-token',
  /** POST: the `backchannel_logout_uri` (Back-Channel Logout 1.0 §2.2). */
  backchannelLogout: '/auth/backchannel-logout',
  /** POST: the `security_event_uri`, where the provider says that somebody's permissions have changed (RFC 8935 §2). */
  securityEvents: '/auth/security-events',
} as const;

/** Those that a page uses, so that browsers load no others. They are the same, or this does not compile. */
export const pagePaths: Pick<typeof authPaths, 'login' | 'logout' | 'session' | 'events'> = {
  login: '/auth/login',
  logout: '/auth/logout',
  session: '/auth/session',
  events: '/auth/events',
};
