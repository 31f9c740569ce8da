import { findProgram } from './find-program.ts';
import { asRoot, isRoot } from './privileges.ts';

/** What this project may need from the operating system. */
export type Tool = 'caddy' | 'chromium' | 'certutil';

interface PackageManager {
  /** Its program, whose presence tells that this is the machine's package manager. */
  readonly program: string;
  readonly needsRoot: boolean;
  readonly install: (name: string) => readonly (readonly string[])[];
  readonly names: Readonly<Record<Tool, string | undefined>>;
}

const managers: readonly PackageManager[] = [
  {
    program: 'apt-get',
    needsRoot: true,
    // A bare image has no package lists yet.
    install: (name) => [
      ['apt-get', 'update', '-q'],
      ['apt-get', 'install', '-y', '-q', name],
    ],
    names: { caddy: 'caddy', chromium: 'chromium-headless-shell', certutil: 'libnss3-tools' },
  },
  {
    program: 'dnf',
    needsRoot: true,
    install: (name) => [['dnf', 'install', '-y', name]],
    names: { caddy: 'caddy', chromium: 'chromium', certutil: 'nss-tools' },
  },
  {
    program: 'pacman',
    needsRoot: true,
    install: (name) => [['pacman', '-S', '--needed', '--noconfirm', name]],
    names: { caddy: 'caddy', chromium: 'chromium', certutil: 'nss' },
  },
  {
    program: 'zypper',
    needsRoot: true,
    install: (name) => [['zypper', '--non-interactive', 'install', name]],
    names: { caddy: 'caddy', chromium: 'chromium', certutil: 'mozilla-nss-tools' },
  },
  {
    program: 'apk',
    needsRoot: true,
    install: (name) => [['apk', 'add', name]],
    names: { caddy: 'caddy', chromium: 'chromium', certutil: 'nss-tools' },
  },
  {
    program: 'brew',
    needsRoot: false,
    install: (name) => [['brew', 'install', name]],
    names: { caddy: 'caddy', chromium: undefined, certutil: 'nss' },
  },
  {
    program: 'winget',
    needsRoot: false,
    install: (name) => [['winget', 'install', '--exact', '--id', name]],
    names: { caddy: 'CaddyServer.Caddy', chromium: undefined, certutil: undefined },
  },
];

/** How to install `tool` here: commands in order, or undefined when no package manager here is known to have it. */
export function findInstallation(
  tool: Tool,
  env: NodeJS.ProcessEnv = process.env,
): readonly (readonly string[])[] | undefined {
  const manager = managers.find(({ program }) => findProgram(program, env) !== undefined);
  const name = manager?.names[tool];
  if (!manager || name === undefined) return undefined;
  const commands = manager.install(name);
  return manager.needsRoot && !isRoot() ? commands.map((command) => asRoot(command, env)) : commands;
}
