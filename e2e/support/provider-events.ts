import { readFile } from 'node:fs/promises';
import type { StackInfo } from './shared-stack.ts';
import { z } from 'zod';

const event = z.looseObject({
  type: z.string(),
  grantId: z.string().optional(),
  clientId: z.string().optional(),
});

/** One line of the provider's log: what it decided, without any secret. */
export type ProviderEvent = z.infer<typeof event>;

/** What the provider reported so far, oldest first. */
export async function providerEvents({ files }: StackInfo): Promise<readonly ProviderEvent[]> {
  const lines = (await readFile(files.logs.idp, 'utf8')).split('\n');
  return lines.filter((line) => line.startsWith('{')).map((line) => event.parse(JSON.parse(line)));
}

/** The events since an earlier look. */
export async function countEvents(stack: StackInfo, from = 0): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { type } of (await providerEvents(stack)).slice(from)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
