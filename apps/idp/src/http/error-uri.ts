/** Where the page is that explains a code: the `error_uri` of RFC 6749 §5.2 and RFC 6750 §3. */
export function errorUri(issuer: string, code: string): string {
  return `${issuer}/errors/${code}`;
}
