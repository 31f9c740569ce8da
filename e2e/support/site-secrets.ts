import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { EstateFacts } from './shared-estate.ts';

const secrets = z.record(
  z.string(),
  z.object({ clientSecret: z.string(), sessionKeys: z.array(z.string()) }),
);

/** What one site must keep to itself, as its own environment holds it. @throws Error when the estate has no such site */
export async function siteSecrets({ files }: EstateFacts, site: 'shop' | 'blog') {
  const found = secrets.parse(JSON.parse(await readFile(files.secrets, 'utf8')))[site];
  if (!found) throw new Error(`no secrets of the ${site}: see dev/src/estate/secrets.ts`);
  return found;
}
