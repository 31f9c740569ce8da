import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { explorerOrigin, originsOn } from '@sso/domains';
import type { Program } from '../process/child.ts';
import type { StackFolder } from './folder.ts';

/** Whether the explorer is in this clone. A team that removes the folder runs everything else as before. */
export function hasExplorer(root: string): boolean {
  return existsSync(join(root, 'apps', 'explorer', 'src', 'main.ts'));
}

interface ExplorerSettings {
  readonly root: string;
  readonly httpsPort: number;
  readonly folder: Pick<StackFolder, 'files'>;
}

/** The explorer, which reads Caddy's log and those of the apps. It gets no secret, and nobody knows of it. */
export function explorerProgram(port: number, { root, httpsPort, folder }: ExplorerSettings): Program {
  const { accessLog, logs, databases } = folder.files;
  const { idp, shop, blog } = logs;
  return {
    command: process.execPath,
    args: ['src/main.ts'],
    cwd: join(root, 'apps', 'explorer'),
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      ORIGIN: explorerOrigin(httpsPort),
      SITES: JSON.stringify(originsOn(httpsPort)),
      ACCESS_LOG: accessLog,
      EVENT_LOGS: JSON.stringify({ idp, shop, blog }),
      PEOPLE_DATABASE: databases.idp,
    },
  };
}
