import { z } from 'zod';
import { siteNames } from './records/record.ts';

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('is not JSON');
    return z.NEVER;
  }
});
const bySite = json.pipe(z.record(z.enum(siteNames), z.string()));

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535),
  /** The explorer's own address, the only one it answers for. */
  ORIGIN: z.url(),
  /** Addresses of the sites, as JSON by name. */
  SITES: bySite,
  /** Caddy's JSON lines. */
  ACCESS_LOG: z.string().min(1),
  /** What each app prints, as JSON by name. */
  EVENT_LOGS: bySite,
  /** Where names of people are looked up; without it they are called by their `sub`. */
  PEOPLE_DATABASE: z.string().optional(),
});
export type Env = z.infer<typeof schema>;

/** @throws Error that lists every variable that is missing or wrong, by name */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The explorer cannot start. ${problems.join('; ')}`);
}
