export interface PolicyOptions {
  /** One fresh value of at least 128 bits for each document; the framework puts it on its own scripts. */
  readonly nonce: string;
  /** Origins that a form may be redirected to: signing out leads to the provider. */
  readonly formTargets: readonly string[];
  /** Origins whose APIs the site's own scripts call directly. Default: none. */
  readonly apiOrigins?: readonly string[];
  /** Development servers evaluate code in the browser. Never true in production. */
  readonly development: boolean;
}

/** A fresh nonce of 128 random bits, hexadecimal (CSP Level 3 §7.1). */
export function scriptNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The Content-Security-Policy of a site's documents: the site's own files only, inline scripts only with the nonce, no
 * framing (CSP Level 3).
 *
 * `form-action` names the provider because browsers check it for every redirect that follows a form.
 */
export function contentSecurityPolicy(options: PolicyOptions): string {
  const { nonce, formTargets, apiOrigins = [], development } = options;
  const evaluation = development ? " 'unsafe-eval'" : '';
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluation}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...apiOrigins].join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What `markDocument` leaves on a request, as `htmlLimitedBots` of `next.config.ts` looks for it. */
export const wholeDocuments: RegExp = /; whole-document$/;

/**
 * Has Next render a document whole, as it does for readers who can't take a page in parts: with a nonce on every script
 * and the page's own status (307, 403, 404). Otherwise a document begins with the shell that was made at build: with 200,
 * and scripts without a nonce. Fetches of the router stay as they are, so prefetches are static and hold nothing personal.
 */
export function markDocument(headers: Headers): void {
  const destination = headers.get('sec-fetch-dest');
  if (headers.has('next-url') || (destination !== null && destination !== 'document')) return;
  headers.set('user-agent', `${headers.get('user-agent') ?? 'unnamed'}; whole-document`);
}

type HeaderList = readonly { readonly key: string; readonly value: string }[];

/** Headers for every answer of a site. */
export const securityHeaders: HeaderList = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' },
];

/**
 * Headers for pages, files and APIs. They are left out below /auth, whose handlers send stricter ones that these would
 * replace. This policy allows no script: a page that comes without a nonce can still be read, and its links work.
 */
export const pageHeaders: HeaderList = [
  {
    key: 'Content-Security-Policy',
    value:
      "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  },
  { key: 'Referrer-Policy', value: 'same-origin' },
];
