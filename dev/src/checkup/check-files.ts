import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { appList } from '@sso/domains';
import { requireSoundDatabase } from '../stack/require-database.ts';
import { reasonOf } from '../system/private-files.ts';
import { readSecrets } from '../stack/secrets.ts';
import { Failure } from '../terminal/failure.ts';
import { broken, fine, type Finding } from './check.ts';

/** Whether the data of earlier runs can be used. Changes nothing. */
export function checkFiles(root: string): Finding[] {
  const local = join(root, '.local');
  const dev = join(local, 'dev');
  if (!existsSync(local)) return [fine('Data', 'none yet, made at the first start')];
  const secrets = join(dev, 'secrets.json');
  return [
    finding('Data', local, () => requireFolder(local)),
    ...(existsSync(secrets) ? [finding('Secrets', secrets, () => void readSecrets(secrets))] : []),
    ...appList.map(({ name, title }) => {
      const path = join(dev, 'data', `${name}.sqlite`);
      return finding(`Data of ${title}`, path, () => requireSoundDatabase(path));
    }),
  ];
}

function finding(title: string, path: string, check: () => void): Finding {
  try {
    check();
    return fine(title, path);
  } catch (error) {
    if (error instanceof Failure) return broken(title, error.message, error.fix);
    throw error;
  }
}

function requireFolder(path: string): void {
  try {
    if (!statSync(path).isDirectory()) throw new Failure(`${path} is no folder`, 'delete it');
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(
      `${path} can't be used (${reasonOf(error)})`,
      'make it a folder of yours, or delete it',
    );
  }
}
