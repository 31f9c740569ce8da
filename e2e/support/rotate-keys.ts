import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { StackInfo } from './shared-stack.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../apps/idp/src/cli/main.ts', import.meta.url));

/** As an operator does: `pnpm idp keys rotate --alg ES256`. @returns what the command printed */
export async function rotateKeys(stack: StackInfo, alg = 'ES256'): Promise<string> {
  const env = { ...process.env, DATABASE_URL: `file:${stack.files.databases.idp}` };
  const { stdout } = await run(process.execPath, [command, 'keys', 'rotate', '--alg', alg], { env });
  return stdout;
}
