import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { send } from './send.ts';
import type { StackInfo } from './shared-stack.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../apps/idp/src/cli/main.ts', import.meta.url));

/** As an operator does: `pnpm idp keys rotate --alg ES256`. @returns what the command printed */
export function rotateKeys(stack: StackInfo, alg = 'ES256'): Promise<string> {
  return keys(stack, 'rotate', '--alg', alg);
}

/** As an operator does: `pnpm idp keys revoke <kid>`. @returns what the command printed */
export function revokeKey(stack: StackInfo, kid: string): Promise<string> {
  return keys(stack, 'revoke', kid);
}

async function keys(stack: StackInfo, ...words: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    DATABASE_URL: `file:${stack.files.databases.idp}`,
    KEY_ENCRYPTION_KEYS_FILE: stack.files.keyEncryptionKeys,
  };
  const { stdout } = await run(process.execPath, [command, 'keys', ...words], { env });
  return stdout;
}

/** The keys of the provider's key set, as anybody sees them. */
export async function publishedKids({ origins }: StackInfo): Promise<readonly string[]> {
  const jwks = await (await send(`${origins.idp}/jwks`)).text();
  return [...jwks.matchAll(/"kid":"([^"]+)"/g)].map(([, kid = '']) => kid);
}
