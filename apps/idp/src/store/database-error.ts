/** What is to do, by the code of SQLite or of the file system; the first row that fits. */
const fixes: readonly (readonly [RegExp, string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'Its disk is full: free some space there and start again'],
  [/^NOT_PRIVATE/, 'Make this user its owner, or give it mode 0600, then start again'],
  [/^ENOENT/, 'Make its folder and start again'],
  [
    /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS)/,
    'Let this user read and write the file and its folder, then start again',
  ],
  [/^SQLITE_(BUSY|LOCKED)/, 'End the program that holds it and start again'],
  [/^(SQLITE_IOERR|EIO)/, 'Look at the disk that holds it, then start again'],
];
const DAMAGED = 'Restore it from a backup or, if it holds nothing you need, delete it and start again';

/**
 * Why a database can't be used, with what to do: only a file that is damaged itself is to be replaced. The password in an
 * address is left out.
 *
 * @see https://www.sqlite.org/rescode.html
 */
export function databaseError(url: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const fix = url.startsWith('file:')
    ? fixOfFile(cause)
    : 'Check that the server runs and that DATABASE_URL is right';
  return new Error(`The database ${withoutPassword(url)} can't be used: ${reason}. ${fix}.`, { cause });
}

function fixOfFile(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return fixes.find(([codes]) => codes.test(code))?.[1] ?? DAMAGED;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@');
}
