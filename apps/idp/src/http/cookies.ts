import { cookieReader } from '@sso/auth/session';

/** The provider's cookies: names and attributes in one place. */
export interface Cookies {
  /** The sign-on session's secret. */
  readonly sso: ProviderCookie;
  /** Binds pending requests to the browser that opened them. */
  readonly interaction: ProviderCookie;
  /** Tells a browser that signed in before from a stranger's; see `throttle/`. */
  readonly device: ProviderCookie;
  /** Shows the browser that signed out which sites have been told of it. */
  readonly signedOut: ProviderCookie;
}

export interface ProviderCookie {
  readonly name: string;
  /** A Set-Cookie value; `maxAgeSeconds` 0 deletes. */
  serialize(value: string, maxAgeSeconds: number): string;
  /** The value in a request; undefined when it is absent, sent twice (C-02), or of another shape than ours. */
  read(request: Request): string | undefined;
}

/**
 * Over https every cookie is `__Host-`: host-only, Secure, Path=/ (RFC 6265bis §4.1.3.2), so that no sibling host
 * can plant one. Plain http is for loopback development; browsers refuse both there.
 */
export function createCookies(issuer: string): Cookies {
  const secure = issuer.startsWith('https:');
  return {
    // Lax: the authorization request is a top-level GET from another site and must bring the session along.
    sso: cookie('sso', secure),
    interaction: cookie('interaction', secure),
    // Lax as well: the first page that another site leads to has to bring it, since its browser's requests wait longest.
    device: cookie('device', secure),
    // Lax: sites link to the list from their own signed-out pages.
    signedOut: cookie('signed-out', secure),
  };
}

// Our values are base64url. A value of any other shape was written by somebody else.
const OUR_VALUE = /^[A-Za-z0-9_-]{16,128}$/;

function cookie(label: string, secure: boolean): ProviderCookie {
  const name = secure ? `__Host-${label}` : label;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    name,
    serialize: (value, maxAgeSeconds) => `${name}=${value}; ${attributes}; Max-Age=${maxAgeSeconds}`,
    read(request) {
      const value = cookieReader(request.headers.get('cookie'))(name);
      return value !== undefined && OUR_VALUE.test(value) ? value : undefined;
    },
  };
}
