import { userInfo } from 'node:os';

/** Whom the audit names for what a command did: the system's user, or its number where no name is known for it. */
export function findOperator(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no entry among its users.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
