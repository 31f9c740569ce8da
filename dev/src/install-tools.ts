import { installBrowser } from './browser/find-browser.ts';
import { requireCaddy } from './caddy/find-caddy.ts';
import { findProgram } from './system/find-program.ts';
import { requireTool } from './system/require-tool.ts';
import { type CommandContext, runCommand } from './terminal/run-command.ts';

const help = `
install-tools: makes sure that what the tests need from the operating system is there.

Caddy, a Chromium, and NSS's certutil on Linux. What is missing is installed after a question; where nobody can be
asked, only by root or with CI=true; else the command to type is shown.

  CADDY_BIN   Caddy's path (default: the one on PATH)
  CHROMIUM    a Chromium's path (default: Playwright's own, then the system's)
`;

async function run({ env, paint, print }: CommandContext): Promise<number> {
  const tell = (title: string, path: string): void => print(`${paint('green', '✓')} ${title}: ${path}`);
  tell('Caddy', await requireCaddy({ env }));
  tell('Chromium', await installBrowser({ env }));
  if (process.platform === 'linux') tell('certutil', await requireCertutil(env));
  return 0;
}

function requireCertutil(env: NodeJS.ProcessEnv): Promise<string> {
  return requireTool({
    tool: 'certutil',
    title: "NSS's certutil",
    homepage: 'https://firefox-source-docs.mozilla.org/security/nss/',
    find: () => findProgram('certutil', env),
    env,
  });
}

await runCommand({ help, run });
