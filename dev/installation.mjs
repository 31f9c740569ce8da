// Plain JavaScript that even an old Node reads: see command.mjs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const unfinished =
  'The installation above did not finish: mend what it says, then run the command again';

/** For npm run, yarn and pnpm before 10, which install nothing by themselves. */
export const notByThis =
  'Was there none? Only pnpm 12 installs this project, and does so by itself: type npx -y pnpm@12 dev';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Whether every package of the workspace finds what its package.json names. An installation that stopped half-way leaves
 * links out, or links that lead nowhere.
 * @param {string} folder the repository's root
 */
export function isInstalled(folder = root) {
  return workspacesIn(folder).every((workspace) =>
    dependenciesOf(workspace).every((name) =>
      existsSync(join(workspace, 'node_modules', name, 'package.json')),
    ),
  );
}

/**
 * The folders of pnpm-workspace.yaml, and the root.
 * @param {string} folder
 */
export function workspacesIn(folder) {
  const inside = ['apps', 'packages'].flatMap((name) =>
    readdirSync(join(folder, name)).map((entry) => join(folder, name, entry)),
  );
  const all = [folder, ...inside, join(folder, 'dev'), join(folder, 'e2e')];
  return all.filter((workspace) => existsSync(join(workspace, 'package.json')));
}

/** @param {string} workspace */
function dependenciesOf(workspace) {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(workspace, 'package.json'), 'utf8'),
  );
  return Object.keys({ ...dependencies, ...devDependencies });
}

/**
 * Whether what started this installs before it runs a script, as pnpm does from 10 on.
 * @param {string | undefined} userAgent npm_config_user_agent, such as 'pnpm/12.21.0 npm/? node/?'
 */
export function installsByItself(userAgent) {
  return Number(/^pnpm\/(\d+)\./.exec(userAgent ?? '')?.[1]) >= 10;
}
