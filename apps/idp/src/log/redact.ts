/** Replaces a secret. */
const REDACTED = '…';

/**
 * Shapes of what must never be in a log: whatever a message quotes of a request, these go (G19, ASVS 16.2.5). Events
 * are typed so that they carry no secret; this is for texts that others wrote, error messages above all.
 */
const secrets: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // A JWS or JWE: five or three parts, the first a JSON object in base64url.
  [/eyJ[\w-]{8,}(?:\.[\w-]*){2,4}/g, REDACTED],
  [/\b(bearer|basic|dpop) +[\w.~+/=-]{4,}/gi, `$1 ${REDACTED}`],
  [/\$argon2\w*\$[^\s"']+/g, REDACTED],
  // Query and fragment of an address: codes, states, hints.
  [/([a-z][\w+.-]*:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, `$1?${REDACTED}`],
  // User and password before a host.
  [/(:\/\/)[^\s/@"']+@/g, `$1${REDACTED}@`],
  // name=value of forms, queries and cookies.
  [
    /\b((?:__host-)?(?:sso|interaction|device|session|signed-out)|[\w-]*(?:code|token|secret|password|passphrase|assertion|verifier|state|nonce|hint|cookie))(["']?\s*[=:]\s*)["']?[^\s"'&;,]+/gi,
    `$1$2${REDACTED}`,
  ],
  // A refresh token of ours.
  [/\b[\w-]{22}\.[\w-]{22}\b/g, REDACTED],
];

/** Removes whatever looks like a secret. The result is one line of at most 500 characters. */
export function redact(text: string): string {
  const clean = secrets.reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    text.slice(0, 2000),
  );
  return clean.replace(/\s+/g, ' ').slice(0, 500);
}

/**
 * Names a request's path for the log: the words of our own routes as they are, anything else as `…`. So neither a
 * query, nor an id, nor what somebody pasted into an address gets there.
 *
 * @param routes the provider's paths, such as `/sign-in/:id`.
 */
export function createPathRedactor(routes: readonly string[]): (url: string) => string {
  const words = new Set(routes.flatMap((route) => route.split('/')).filter((word) => !word.startsWith(':')));
  return (url) => {
    const path = url.split(/[?#]/, 1)[0] ?? '';
    if (!path.startsWith('/')) return REDACTED;
    const segments = path.slice(1).split('/', MAX_SEGMENTS);
    return segments.map((segment) => `/${words.has(segment) ? segment : REDACTED}`).join('');
  };
}

const MAX_SEGMENTS = 8;
