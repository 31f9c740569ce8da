/** Freezes a value and all in it: several requests may share it. For JSON only, which has no cycles. */
export function freezeAll<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) freezeAll(member);
  return Object.freeze(value);
}
