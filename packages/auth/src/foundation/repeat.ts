/**
 * Does something again and again, until what it returns is called. Where the runtime can tell the difference, this alone
 * keeps no process alive.
 */
export function repeat(work: () => void, seconds: number): () => void {
  const timer = setInterval(work, seconds * 1000);
  unref(timer);
  return () => clearInterval(timer);
}

/** Node, Bun and Deno give an object where browsers give a number. */
function unref(timer: unknown): void {
  if (typeof timer !== 'object' || timer === null || !('unref' in timer)) return;
  if (typeof timer.unref === 'function') timer.unref();
}
