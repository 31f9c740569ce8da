/** SQLite's code of an error of better-sqlite3, known by its name so that asking loads no driver; undefined for any other. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'SqliteError' || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
