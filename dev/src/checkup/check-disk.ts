import { statfsSync } from 'node:fs';
import { broken, fine, type Finding } from './check.ts';

const NEEDED_MEGABYTES = 200;

/** Whether the disk has room for what the sites write: compiled pages, logs and databases. */
export function checkDisk(folder: string, neededMegabytes = NEEDED_MEGABYTES): Finding {
  const title = 'Disk';
  const { bavail, blocks, bsize } = statfsSync(folder);
  if (blocks === 0) return fine(title, 'does not tell how much room it has');
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= neededMegabytes) return fine(title, `${free} MB are free`);
  return broken(
    title,
    `${free} MB are free where ${folder} lies`,
    `free ${neededMegabytes} MB or more there`,
  );
}
