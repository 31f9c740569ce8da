/**
 * Why a text from outside is refused wherever it stands: PostgreSQL keeps no NUL, and half a character is another text
 * once it is encoded. Undefined where nothing is wrong.
 */
export function findTextFault(text: string): string | undefined {
  if (text.includes('\0')) return 'holds the character NUL';
  return text.isWellFormed() ? undefined : 'holds half a character (an unpaired surrogate)';
}

/** More than any JSON that is sent here needs; writing what is nested without a bound would end in a full stack. */
const MAX_DEPTH = 16;

/** The same for every text of a JSON value, the names of its members included. */
export function findJsonFault(value: unknown, depth = MAX_DEPTH): string | undefined {
  if (typeof value === 'string') return findTextFault(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === 0) return `is nested more than ${MAX_DEPTH} deep`;
  for (const [name, member] of Object.entries(value)) {
    const fault = findTextFault(name) ?? findJsonFault(member, depth - 1);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
