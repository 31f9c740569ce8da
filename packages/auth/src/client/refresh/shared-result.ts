/** What one process leaves in the `refreshes` store for the others. It is stored as JSON. */
export type SharedResult =
  /** The new session cookie, sealed. */
  | { readonly kind: 'renewed'; readonly cookie: string }
  /** The session goes on as it is; the next try may begin at `retryAt`, integer seconds. */
  | { readonly kind: 'kept'; readonly retryAt: number }
  | { readonly kind: 'ended' };

export const serializeSharedResult = (result: SharedResult): string => JSON.stringify(result);

/** `undefined` for anything that is no result: an unreadable store must end nobody's session. */
export function parseSharedResult(text: string): SharedResult | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  if (value.kind === 'ended') return { kind: 'ended' };
  if (value.kind === 'kept' && 'retryAt' in value && Number.isSafeInteger(value.retryAt))
    return { kind: 'kept', retryAt: Number(value.retryAt) };
  if (value.kind === 'renewed' && 'cookie' in value && typeof value.cookie === 'string')
    return { kind: 'renewed', cookie: value.cookie };
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not a result of this site
  }
}
