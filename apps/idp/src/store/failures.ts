const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);

/** Whether an error says that the database can't do its work now, rather than that a query is wrong. */
export function isStoreFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string' && (code.startsWith('SQLITE_') || UNREACHABLE.has(code))) return true;
  // PostgreSQL classes: 08 connection, 53 resources, 57 operator intervention, 40 rolled back.
  if (typeof code === 'string' && /^(08|53|57|40)/.test(code)) return true;
  return /timeout exceeded when trying to connect|Connection terminated/i.test(error.message);
}
