import type { z } from 'zod';
import { parseTrustedProxies, type TrustedProxies } from './http/client-address.ts';
import type { EncryptionKeys } from './foundation/encryption-keys.ts';
import type { Lifetimes } from './foundation/lifetimes.ts';
import type { LogLevel } from './log/levels.ts';
import { variables, type Values } from './settings/variables.ts';
import type { ThrottleLimits } from './throttle/index.ts';

export interface Env {
  readonly issuer: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly keyEncryptionKeys: EncryptionKeys | undefined;
  readonly keyEncryptionKeysFile: string | undefined;
  readonly clientsFile: string | undefined;
  readonly usersFile: string | undefined;
  readonly accessFile: string | undefined;
  /** Whoever has one of these may register clients; without any nobody can. */
  readonly initialAccessTokens: readonly string[];
  readonly serviceName: string;
  readonly lifetimes: Lifetimes;
  /** 0 leaves rotation to the command line. */
  readonly keyRotationDays: number;
  readonly limits: ThrottleLimits;
  /** How many small requests that nobody has opened wait for a network; other bounds follow from it. */
  readonly waitingRequestsPerNetwork: number;
  readonly trustedProxies: TrustedProxies;
  readonly outboundHosts: readonly string[];
  readonly logLevel: LogLevel;
  readonly eventDetails: boolean;
  readonly drain: { readonly delaySeconds: number; readonly seconds: number };
}

type Source = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks all variables at once.
 *
 * @throws Error that lists everything that is wrong, a line each; never a value that may be secret.
 */
export function readEnv(source: Source = process.env): Env {
  const entries = Object.entries(variables).map(([name, { schema }]) => read(name, schema, source));
  const wrong = entries.flatMap(({ problem }) => problem ?? []);
  if (wrong.length > 0) throw new Error(`The environment is not right:\n${wrong.join('\n')}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value came from the schema of its own name
  return toEnv(Object.fromEntries(entries.map(({ name, value }) => [name, value])) as unknown as Values);
}

/** The same for the command line, which works on the database and may do without an issuer. */
export function readToolEnv(source: Source = process.env): Env {
  return readEnv({ ...source, ISSUER: source['ISSUER'] || NO_ISSUER });
}

// A public name, so that no rule is softer than with the real one; `.invalid` is nobody's (RFC 6761 §6.4).
const NO_ISSUER = 'https://issuer.invalid';

interface Read {
  readonly name: string;
  readonly value?: unknown;
  readonly problem?: string;
}

/** An empty value counts as absent. */
function read(name: string, schema: z.ZodType, source: Source): Read {
  const parsed = schema.safeParse(source[name] === '' ? undefined : source[name]);
  if (parsed.success) return { name, value: parsed.data };
  return { name, problem: `  ${name}: ${parsed.error.issues.map(({ message }) => message).join('; ')}` };
}

function toEnv(values: Values): Env {
  return {
    issuer: values.ISSUER,
    host: values.HOST,
    port: values.PORT,
    databaseUrl: values.DATABASE_URL,
    keyEncryptionKeys: values.KEY_ENCRYPTION_KEYS,
    keyEncryptionKeysFile: values.KEY_ENCRYPTION_KEYS_FILE,
    clientsFile: values.CLIENTS_FILE,
    usersFile: values.USERS_FILE,
    accessFile: values.ACCESS_FILE,
    initialAccessTokens: values.INITIAL_ACCESS_TOKENS,
    serviceName: values.SERVICE_NAME,
    lifetimes: lifetimesOf(values),
    keyRotationDays: values.KEY_ROTATION_DAYS,
    limits: limitsOf(values),
    waitingRequestsPerNetwork: values.WAITING_REQUESTS_PER_NETWORK,
    outboundHosts: values.OUTBOUND_HOSTS,
    trustedProxies: values.TRUST_PROXY ?? defaultProxies(values.ISSUER),
    logLevel: values.LOG_LEVEL,
    eventDetails: values.EVENT_DETAILS === 'on',
    drain: { delaySeconds: values.DRAIN_DELAY_SECONDS, seconds: values.DRAIN_SECONDS },
  };
}

function lifetimesOf(values: Values): Lifetimes {
  return {
    codeSeconds: values.CODE_SECONDS,
    accessTokenSeconds: values.ACCESS_TOKEN_SECONDS,
    idTokenSeconds: values.ID_TOKEN_SECONDS,
    signOnSeconds: values.SIGN_ON_SECONDS,
    offlineSeconds: values.OFFLINE_SECONDS,
    interactionSeconds: values.INTERACTION_SECONDS,
    refreshReplaySeconds: values.REFRESH_REPLAY_SECONDS,
  };
}

function limitsOf(values: Values): ThrottleLimits {
  return {
    windowSeconds: values.SIGN_IN_WINDOW_SECONDS,
    perAccountAndAddress: values.SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS,
    perAddress: values.SIGN_IN_TRIES_PER_ADDRESS,
    perAccount: values.SIGN_IN_TRIES_PER_ACCOUNT,
    perDevice: values.SIGN_IN_TRIES_PER_DEVICE,
  };
}

/** This process speaks plain http, so an https issuer has a proxy before it, on this machine unless told otherwise. */
function defaultProxies(issuer: string): TrustedProxies {
  return parseTrustedProxies(issuer.startsWith('https:') ? 'loopback' : 'none');
}
