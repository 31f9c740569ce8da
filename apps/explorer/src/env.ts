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

const logsSchema = z.object({
  /** Addresses of the sites, as JSON by name. */
  SITES: bySite,
  /** Caddy's JSON lines. */
  ACCESS_LOG: z.string().min(1),
  /** What each app prints, as JSON by name. */
  EVENT_LOGS: bySite,
  /** Where names of people are looked up; without it they are called by their `sub`. */
  PEOPLE_DATABASE: z.string().optional(),
});

const schema = logsSchema.extend({
  PORT: z.coerce.number().int().min(0).max(65_535),
  /** The explorer's own address, the only one it answers for. */
  ORIGIN: z.url(),
});

const drawingSchema = logsSchema.extend({
  /** Milliseconds since the epoch: what ended before is left out. */
  FROM: z.coerce.number(),
  /** What began later is left out. */
  TO: z.coerce.number(),
  /** The page to write. */
  HTML_FILE: z.string().min(1),
  MERMAID_FILE: z.string().min(1),
});

export type Env = z.infer<typeof schema>;
type Source = Readonly<Record<string, string | undefined>>;

/** @throws Error that lists every variable that is missing or wrong, by name */
export function readEnv(source: Source = process.env): Env {
  return read(schema, source);
}

/** For `draw-logs.ts`. @throws Error as {@link readEnv} */
export function readDrawingEnv(source: Source = process.env): z.infer<typeof drawingSchema> {
  return read(drawingSchema, source);
}

function read<S extends z.ZodType>(wanted: S, source: Source): z.infer<S> {
  const result = wanted.safeParse(source);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The explorer cannot start. ${problems.join('; ')}`);
}
