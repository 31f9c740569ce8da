/** A cookie that a test browser keeps. */
export interface TestCookie {
  readonly value: string;
  /** Integer seconds. */
  readonly expiresAt: number;
}

/** The `Cookie` header of the cookies that have not expired. */
export function cookieHeader(cookies: ReadonlyMap<string, TestCookie>, now: number): string {
  const alive = [...cookies].filter(([, { expiresAt }]) => expiresAt > now);
  return alive.map(([name, { value }]) => `${name}=${value}`).join('; ');
}

/** Stores or deletes the cookie of a `Set-Cookie` line. */
export function keepCookie(cookies: Map<string, TestCookie>, line: string, now: number): void {
  const [pair = '', ...attributes] = line.split('; ');
  const at = pair.indexOf('=');
  const maxAge = attributes.find((attribute) => attribute.startsWith('Max-Age='))?.slice('Max-Age='.length);
  const expiresAt = maxAge === undefined ? Number.POSITIVE_INFINITY : now + Number(maxAge);
  if (expiresAt <= now) cookies.delete(pair.slice(0, at));
  else cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), expiresAt });
}
