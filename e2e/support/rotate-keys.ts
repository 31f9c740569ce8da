import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { EstateFacts } from './shared-estate.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../apps/idp/src/cli/main.ts', import.meta.url));

/** As an operator does: `pnpm idp keys rotate --alg ES256`. @returns what the command printed */
export async function rotateKeys(estate: EstateFacts, alg = 'ES256'): Promise<string> {
  const env = { ...process.env, DATABASE_URL: `file:${estate.files.databases.idp}` };
  const { stdout } = await run(process.execPath, [command, 'keys', 'rotate', '--alg', alg], { env });
  return stdout;
}
