/** Freezes a value and everything in it, so that several requests can share it. For JSON values, which hold no cycle. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
