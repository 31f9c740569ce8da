/**
 * One spelling per account: compatibility forms, case and surrounding space make no difference, here and nowhere
 * else (homoglyphs of other scripts stay different names).
 */
export function normalizeUsername(input: string): string {
  return input.normalize('NFKC').trim().toLowerCase();
}
