/**
 * One spelling per account: compatibility forms, case and surrounding space are the only differences that don't count.
 * Look-alike letters of other scripts make different usernames.
 */
export function normalizeUsername(input: string): string {
  return input.normalize('NFKC').trim().toLowerCase();
}
