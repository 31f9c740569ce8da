import { NO_STORE } from './oauth-error.ts';

const BASE_HEADERS = {
  ...NO_STORE,
  'Content-Type': 'text/html; charset=utf-8',
  // Not no-referrer: with that a browser's own form posts carry `Origin: null`, and the origin is our CSRF check.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  // P-17 clickjacking: frame-ancestors for browsers of today, the old header for the rest (RFC 9700 §4.16).
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'X-Robots-Tag': 'noindex',
} as const;

export interface PageOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Origins that a form's answer may redirect to. Chromium checks `form-action` against every redirect that
   * follows a form post, so the client's redirect origin has to be named.
   */
  readonly formOrigins?: readonly string[];
  /** Whether the page may run script files of this origin, as one page does. Default false; inline script never runs. */
  readonly ownScript?: boolean;
  /** Lets the script elements with this nonce run, and fetch from this origin. Default: none may. */
  readonly nonce?: string;
}

/** An HTML page with the provider's security headers: no frame, styles and, if at all, script of this origin only. */
export function pageResponse(markup: string, options: PageOptions = {}): Response {
  const formAction = ["'self'", ...(options.formOrigins ?? [])].join(' ');
  const script = scriptPolicy(options);
  const policy = `default-src 'none'; ${script}style-src 'self'; img-src 'self'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`;
  return new Response(markup, {
    status: options.status ?? 200,
    headers: { ...BASE_HEADERS, 'Content-Security-Policy': policy, ...options.headers },
  });
}

function scriptPolicy({ ownScript, nonce }: PageOptions): string {
  if (nonce !== undefined) return `script-src 'nonce-${nonce}'; connect-src 'self'; `;
  return ownScript === true ? "script-src 'self'; " : '';
}

/**
 * Answers 303: after a form post the browser must not send the form, and with it a passphrase, on to the next
 * address, which 307 would do (RFC 9700 §4.12).
 */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ ...NO_STORE, Location: location, 'Referrer-Policy': 'no-referrer' });
  for (const cookie of cookies) headers.append('Set-Cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** The origin for `form-action`; a private-use scheme (RFC 8252 §7.1) has no origin, so its scheme is named. */
export function formOriginOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return url.origin === 'null' ? url.protocol : url.origin;
}
