/** Browsers and servers know no longer address. */
const MAX_LENGTH = 2048;

/** RFC 3986 §2: what an address consists of. The parser would drop line breaks, and take `\` for `/`. */
const URI_CHARACTERS = /^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/;

/**
 * The address that a proof is for, without query and fragment, in one spelling (RFC 3986 §6.2.2 and §6.2.3): scheme and
 * host in lower case, no default port, no dot segments, `%7e` as `~` and `%2f` as `%2F`.
 *
 * @returns `undefined` for what is no absolute http or https address
 * @see RFC 9449 §4.3
 */
export function findHttpTarget(address: unknown): string | undefined {
  if (typeof address !== 'string' || address.length > MAX_LENGTH || !URI_CHARACTERS.test(address))
    return undefined;
  const url = /^https?:\/\/[^/?#]/i.test(address) ? parse(address) : undefined;
  if (!url) return undefined;
  const { origin, pathname, username, password } = url;
  if (username !== '' || password !== '') return undefined;
  return origin + normalisePath(pathname);
}

/** One parse where `canParse` and the constructor would be two. */
function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

const PERCENT_ENCODED = /%[\dA-Fa-f]{2}/g;
const UNRESERVED = /[\w.~-]/;

/** RFC 3986 §6.2.2.1 and §6.2.2.2. */
function normalisePath(path: string): string {
  return path.replaceAll(PERCENT_ENCODED, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return UNRESERVED.test(character) ? character : encoded.toUpperCase();
  });
}
