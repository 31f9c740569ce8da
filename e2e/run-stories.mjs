// `pnpm --filter @sso/e2e e2e [--diagram] …`: Playwright with the rest of the arguments, which knows no options of ours.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const given = process.argv.slice(2);
const args = given.filter((argument) => argument !== '--diagram');
const env = { ...process.env, ...(given.length > args.length && { DIAGRAM: 'on' }) };
const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');
const child = spawn(process.execPath, [playwright, 'test', ...args], { stdio: 'inherit', env });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => (process.exitCode = code ?? 1));
