import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/idp/dist/bin/main.mjs', import.meta.url));

/** Starts the provider as it was built, with these settings alone. @throws Error where it ends before it listens */
export async function startProviderProcess(
  env: Readonly<Record<string, string>>,
  main = MAIN,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the provider did not start: type npx -y pnpm@12 build')));
    child.stdout.on('data', (chunk) => String(chunk).includes('listens on') && resolve());
  });
  return child;
}
