import { z } from 'zod';

const origin = z.url().transform((value) => new URL(value).origin);

const schema = z.object({
  /** This site's public address, from which every absolute address derives. */
  BASE_URL: origin,
  ISSUER: z.url(),
  /** Where the server calls the provider, if not at ISSUER. */
  ISSUER_INTERNAL_URL: z.url().optional(),
  CLIENT_ID: z.string().min(1).default('shop'),
  CLIENT_SECRET: z.string().min(1),
  /** 32 random bytes each, base64url, comma separated; the first seals, all open. */
  SESSION_KEYS: z.string().transform((value) => value.split(',').map((key) => key.trim())),
  DATABASE_FILE: z.string().min(1).default('shop.sqlite'),
  /** `on`: the log also says what was compared; for development. */
  EVENT_DETAILS: z.enum(['on', 'off']).default('off'),
  /** The other site, for links and for server calls. */
  BLOG_URL: origin,
});

export type Env = z.infer<typeof schema>;

/**
 * The shop's environment, parsed. Read when the first request needs it, never at build: one build serves any port.
 *
 * @throws Error that lists every variable that is missing or wrong, by name and without its value.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The shop cannot start. ${problems.join('; ')}`);
}

export const isDevelopment = process.env.NODE_ENV === 'development';
