import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { StackInfo } from './shared-stack.ts';

const secrets = z.record(
  z.string(),
  z.object({ clientSecret: z.string(), sessionKeys: z.array(z.string()) }),
);

/** What one site must keep to itself, as its own environment holds it. @throws Error when the stack has no such site */
export async function siteSecrets({ files }: StackInfo, site: 'shop' | 'blog') {
  const found = secrets.parse(JSON.parse(await readFile(files.secrets, 'utf8')))[site];
  if (!found) throw new Error(`no secrets of the ${site}: see dev/src/stack/secrets.ts`);
  return found;
}
