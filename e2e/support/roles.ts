import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StackInfo } from './shared-stack.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../apps/idp/src/cli/main.ts', import.meta.url));

/** Takes a role away, and has every site know it at once: `pnpm idp users roles <username> --remove … --now`. */
export function takeRoleNow(stack: StackInfo, username: string, role: string): Promise<void> {
  return runRoles(stack, username, '--remove', role, '--now');
}

/** Gives one role for another as an operator does: `pnpm idp users roles <username> --remove … --add …`. */
export function swapRole(stack: StackInfo, username: string, from: string, to: string): Promise<void> {
  return runRoles(stack, username, '--remove', from, '--add', to);
}

async function runRoles(stack: StackInfo, ...words: readonly string[]): Promise<void> {
  const env = {
    ...process.env,
    DATABASE_URL: `file:${stack.files.databases.idp}`,
    ACCESS_FILE: stack.files.access,
  };
  await run(process.execPath, [command, 'users', 'roles', ...words], { env });
}
