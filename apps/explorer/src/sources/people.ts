import { DatabaseSync } from 'node:sqlite';

/** What people are called, by `sub`. */
export type People = Readonly<Record<string, string>>;

/**
 * Reads names from the provider's database of development, which events don't carry. Somebody without a name is called by
 * the start of their `sub`.
 */
export function readPeople(path: string | undefined): People {
  if (path === undefined) return {};
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 200 });
    try {
      const rows = database.prepare('select sub, username, claims from people limit 1000').all();
      return Object.fromEntries(rows.map((row) => [String(row['sub']), nameOf(row)]));
    } finally {
      database.close();
    }
  } catch {
    return {}; // the provider has not made it yet
  }
}

function nameOf({ username, claims }: Record<string, unknown>): string {
  const parsed: unknown = typeof claims === 'string' ? JSON.parse(claims) : undefined;
  const isObject = typeof parsed === 'object' && parsed !== null && 'given_name' in parsed;
  return isObject && typeof parsed.given_name === 'string' ? parsed.given_name : String(username);
}
