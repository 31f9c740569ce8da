import { z } from 'zod';
import { isSecureUrl } from './clients/redirect-uris.ts';
import { messageOf } from './files.ts';
import { parseTrustedProxies, type TrustedProxies } from './http/client-address.ts';
import type { Lifetimes } from './lifetimes.ts';
import { DEFAULT_LIMITS, MAX_TRIES, type ThrottleLimits } from './throttle/index.ts';

const seconds = (fallback: number, least = 1) => z.coerce.number().int().min(least).default(fallback);
const tries = (fallback: number) => z.coerce.number().int().min(1).max(MAX_TRIES).default(fallback);

/** Every variable the provider reads; nothing else of the environment does. */
const schema = z.object({
  /** The issuer identifier and origin of every page (OIDC Discovery §3): https, or http on loopback names. */
  ISSUER: z.string().superRefine(checkIssuer),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  /** `file:path` (SQLite) or `postgres://user:password@host/name`. */
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/)/, 'starts with file: or postgres://')
    .default('file:idp.sqlite'),
  CLIENTS_FILE: z.string().min(1).optional(),
  USERS_FILE: z.string().min(1).optional(),
  ACCESS_FILE: z.string().min(1).optional(),
  /** The name people see on the provider's pages. */
  SERVICE_NAME: z.string().min(1).max(60).default('Meridian'),
  // RFC 6749 §4.1.2 recommends at most ten minutes; a redirect takes seconds.
  CODE_SECONDS: seconds(60),
  ACCESS_TOKEN_SECONDS: seconds(600, 10),
  ID_TOKEN_SECONDS: seconds(300, 10),
  SIGN_ON_SECONDS: seconds(86_400, 60),
  OFFLINE_SECONDS: seconds(30 * 86_400, 60),
  INTERACTION_SECONDS: seconds(1800, 60),
  REFRESH_REPLAY_SECONDS: seconds(10, 0),
  /**
   * Proxies whose X-Forwarded-For is believed: addresses and CIDR blocks with commas between them, `loopback`, or
   * `none`. By default `loopback` with an https issuer, which needs a TLS proxy in front, and `none` with an http
   * one, where browsers come directly.
   */
  TRUST_PROXY: z.string().optional().transform(readProxies),
  /**
   * Hosts of this machine or a private network that addresses of self-registered clients may name, with commas
   * between them. Link-local addresses are never called, nor for anybody.
   */
  OUTBOUND_HOSTS: z.string().default('').transform(readHosts),
  /** Failed sign-ins add up over this span; the four limits say to how many. */
  SIGN_IN_WINDOW_SECONDS: seconds(DEFAULT_LIMITS.windowSeconds).pipe(z.number().max(86_400)),
  SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS: tries(DEFAULT_LIMITS.perAccountAndAddress),
  SIGN_IN_TRIES_PER_ADDRESS: tries(DEFAULT_LIMITS.perAddress),
  SIGN_IN_TRIES_PER_ACCOUNT: tries(DEFAULT_LIMITS.perAccount),
  SIGN_IN_TRIES_PER_DEVICE: tries(DEFAULT_LIMITS.perDevice),
});

export const variables: readonly string[] = Object.keys(schema.shape);

export interface Env {
  readonly issuer: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly clientsFile: string | undefined;
  readonly usersFile: string | undefined;
  readonly accessFile: string | undefined;
  readonly serviceName: string;
  readonly lifetimes: Lifetimes;
  readonly limits: ThrottleLimits;
  readonly trustedProxies: TrustedProxies;
  readonly outboundHosts: readonly string[];
}

/**
 * Reads and checks all variables at once.
 *
 * @throws Error that lists everything that is wrong, a line each.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    throw new Error(`The environment is not right:\n${lines.join('\n')}`);
  }
  return toEnv(parsed.data);
}

/** The same for the command line, which works on the database and needs no issuer. */
export function readToolEnv(): Env {
  return readEnv({ ISSUER: 'http://localhost', ...process.env });
}

function toEnv(values: z.infer<typeof schema>): Env {
  return {
    issuer: values.ISSUER,
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    clientsFile: values.CLIENTS_FILE,
    usersFile: values.USERS_FILE,
    accessFile: values.ACCESS_FILE,
    serviceName: values.SERVICE_NAME,
    lifetimes: {
      codeSeconds: values.CODE_SECONDS,
      accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
      idTokenSeconds: values.ID_TOKEN_SECONDS,
      signOnSeconds: values.SIGN_ON_SECONDS,
      offlineSeconds: values.OFFLINE_SECONDS,
      interactionSeconds: values.INTERACTION_SECONDS,
      refreshReplaySeconds: values.REFRESH_REPLAY_SECONDS,
    },
    limits: {
      windowSeconds: values.SIGN_IN_WINDOW_SECONDS,
      perAccountAndAddress: values.SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS,
      perAddress: values.SIGN_IN_TRIES_PER_ADDRESS,
      perAccount: values.SIGN_IN_TRIES_PER_ACCOUNT,
      perDevice: values.SIGN_IN_TRIES_PER_DEVICE,
    },
    outboundHosts: values.OUTBOUND_HOSTS,
    trustedProxies: values.TRUST_PROXY ?? defaultProxies(values.ISSUER),
  };
}

/** This process speaks plain http, so an https issuer has a proxy before it, on this machine unless told otherwise. */
function defaultProxies(issuer: string): TrustedProxies {
  return parseTrustedProxies(issuer.startsWith('https:') ? 'loopback' : 'none');
}

function readProxies(text: string | undefined, context: z.RefinementCtx): TrustedProxies | undefined {
  try {
    return text === undefined ? undefined : parseTrustedProxies(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
    return z.NEVER;
  }
}

function readHosts(text: string, context: z.RefinementCtx): readonly string[] {
  const hosts = text.split(',').flatMap((host) => host.trim().toLowerCase() || []);
  const wrong = hosts.find(
    (host) => !URL.canParse(`http://${host}`) || new URL(`http://${host}`).hostname !== host,
  );
  if (wrong === undefined) return hosts;
  context.addIssue({ code: 'custom', message: `"${wrong}" is no host name or address without port` });
  return z.NEVER;
}

function checkIssuer(value: string, context: z.RefinementCtx): void {
  const complain = (message: string) => context.addIssue({ code: 'custom', message });
  if (!URL.canParse(value)) return complain('is a URL such as https://id.example.com');
  const url = new URL(value);
  if (url.origin !== value) return complain(`is an origin without path or final slash, as ${url.origin}`);
  if (!isSecureUrl(value)) complain('is https; http is for 127.0.0.1, [::1], localhost and *.localhost only');
}
