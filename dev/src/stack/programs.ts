import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AppName } from '@sso/domains';
import type { Program } from '../process/child.ts';
import type { ProgramSettings } from './options.ts';

/** How each app starts. Directly, not through pnpm, so that signals arrive. */
export const programs: Readonly<Record<AppName, (settings: ProgramSettings) => Program>> = {
  idp: provider,
  shop: (settings) => site('shop', settings),
  blog: (settings) => site('blog', settings),
};

function provider({ mode, root, env }: ProgramSettings): Program {
  const watching = ['--watch', '--watch-preserve-output', 'src/main.ts'];
  const args = mode === 'development' ? watching : ['dist/bin/main.mjs'];
  return { command: process.execPath, args, cwd: join(root, 'apps', 'idp'), env };
}

function site(name: 'shop' | 'blog', { mode, root, port, env }: ProgramSettings): Program {
  const cwd = join(root, 'apps', name);
  const next = createRequire(join(cwd, 'package.json')).resolve('next/dist/bin/next');
  const command = mode === 'development' ? 'dev' : 'start';
  return {
    command: process.execPath,
    args: [next, command, '-H', '127.0.0.1', '-p', String(port)],
    cwd,
    env,
  };
}

/** What `node --watch` says in place of ending when its program could not start. */
export const gaveUp = /^Failed running .*Waiting for file changes/;
