/** PATH of this process; the one variable the tests look at. */
export function requirePath(): string {
  // oxlint-disable-next-line node/no-process-env -- where PostgreSQL's programs are is a fact of the machine
  return process.env['PATH'] ?? '';
}
