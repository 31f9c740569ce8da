import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCertificate } from './caddy/certificate.ts';
import { caStorage, rootCertificateIn } from './caddy/storage.ts';
import type { Finding } from './checkup/check.ts';
import { checkClock } from './checkup/check-clock.ts';
import { checkDisk } from './checkup/check-disk.ts';
import { checkFiles } from './checkup/check-files.ts';
import { checkNames, checkSafari } from './checkup/check-network.ts';
import { checkPort } from './checkup/check-ports.ts';
import { checkCaddy, checkNode } from './checkup/check-programs.ts';
import { checkRunning } from './checkup/check-running.ts';
import { checkTrust } from './checkup/check-trust.ts';
import { run as runProgram } from './system/run.ts';
import { developmentFolder } from './stack/folder.ts';
import { readHttpsPort } from './stack/https-port.ts';
import { findRunningStack, type RunningStack } from './stack/running.ts';
import type { Paint } from './terminal/paint.ts';
import { type CommandContext, runCommand } from './terminal/run-command.ts';
import { findRoot } from './trust/root.ts';
import { findStores } from './trust/find-stores.ts';

const help = `
pnpm checkup: looks at everything that pnpm dev needs and says what to do about what is missing.

Node, Caddy, the port or what runs there, the disk, the data of earlier runs, who trusts the local certificate, *.localhost from Node, the clock.
Changes nothing. Exits 1 when something keeps the sites from running.

  HTTPS_PORT   the port to look at (default 8443)
`;

const root = fileURLToPath(new URL('../..', import.meta.url));

async function run({ env, paint, print }: CommandContext): Promise<number> {
  const httpsPort = readHttpsPort(env);
  const running = findRunningStack(developmentFolder(root));
  const findings = await lookAround(env, { httpsPort, running });
  for (const finding of findings) print(describe(finding, paint));
  const bad = findings.filter(({ state }) => state === 'broken').length;
  const ready = running ? `Ready: pnpm dev runs (pid ${running.pid}, ${running.root})` : 'Ready: pnpm dev';
  print(bad === 0 ? `\n${ready}` : `\n${bad} to mend before pnpm dev works`);
  return bad === 0 ? 0 : 1;
}

interface Surroundings {
  readonly httpsPort: number;
  readonly running: RunningStack | undefined;
}

async function lookAround(env: NodeJS.ProcessEnv, { httpsPort, running }: Surroundings): Promise<Finding[]> {
  const rootCertificate = rootCertificateIn(caStorage(env));
  const authority = findRoot(rootCertificate);
  const certificate = authority && readCertificate(authority.path);
  return [
    checkNode(),
    await checkCaddy(env),
    ...(running ? await checkRunning(running, rootCertificate) : [await checkPort(httpsPort)]),
    checkDisk(root),
    ...checkFiles(root),
    ...(await checkTrust(findStores(env), authority)),
    ...(authority ? [checkNames(authority.path)] : []),
    ...checkSafari(process.platform),
    checkClock({
      now: new Date(),
      changed: await lastChange(),
      valid: certificate && { from: certificate.validFromDate, to: certificate.validToDate },
    }),
  ];
}

/** When this clone was last committed to; without git, when its lockfile was written. */
async function lastChange(): Promise<Date> {
  const { code, stdout } = await runProgram('git', ['log', '-1', '--format=%cI'], {
    cwd: root,
    timeoutSeconds: 10,
  });
  return code === 0 && stdout !== '' ? new Date(stdout.trim()) : statSync(join(root, 'pnpm-lock.yaml')).mtime;
}

const marks = { fine: ['green', '✓'], hint: ['yellow', '!'], broken: ['red', '✗'] } as const;

function describe({ title, state, detail, fix }: Finding, paint: Paint): string {
  const [style, mark] = marks[state];
  const line = `${paint(style, mark)} ${paint('bold', title)}: ${detail}`;
  return fix === undefined ? line : `${line}\n    ${fix}`;
}

await runCommand({ help, run });
