import { z } from 'zod';
import { DEFAULT_LIMITS, MAX_TRIES } from '../throttle/index.ts';
import {
  databaseSchema,
  hostsSchema,
  initialAccessTokensSchema,
  issuerSchema,
  logLevelSchema,
  proxiesSchema,
} from './rules.ts';
import { optionalText, seconds, wholeNumber } from './variable.ts';

const DAY = 86_400;
const tries = (fallback: number, meaning: string) =>
  wholeNumber(fallback, meaning, { least: 1, most: MAX_TRIES, unit: 'tries' });

/** Every variable the provider reads, in the order people meet them; nothing else of the environment does. */
export const table = {
  ISSUER: {
    schema: issuerSchema,
    meaning:
      'Issuer and origin of every page. https; http for 127.0.0.1, [::1], localhost and *.localhost only',
    fallback: 'needed',
    example: 'https://id.example.com',
  },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    meaning: 'The address it listens on',
    fallback: '127.0.0.1',
    example: '0.0.0.0',
  },
  PORT: wholeNumber(4100, 'The port it listens on; 0 lets the system choose', { least: 0, most: 65_535 }),
  TRUST_PROXY: {
    schema: proxiesSchema,
    meaning:
      'Proxies whose X-Forwarded-For counts: addresses and CIDR blocks with commas between them, loopback, or none',
    fallback: 'loopback with an https issuer, else none',
    example: 'loopback,10.0.0.0/8',
  },
  DATABASE_URL: {
    schema: databaseSchema,
    meaning: 'file:path for SQLite (mode 0600), or postgres://user:password@host/name',
    fallback: 'file:idp.sqlite',
    example: 'postgres://idp@db.example.com/idp',
  },
  CLIENTS_FILE: optionalText(
    'JSON array of clients: RFC 7591 members, client_secret, first_party, resources, permissions',
    '/etc/idp/clients.json',
  ),
  USERS_FILE: optionalText(
    'JSON array of people: username, password or password_hash, roles, OIDC claims. Adds, never overwrites',
    '/etc/idp/users.json',
  ),
  ACCESS_FILE: optionalText(
    'The access contract as JSON: audiences with their permissions, roles',
    '/etc/idp/access.json',
  ),
  INITIAL_ACCESS_TOKENS: {
    schema: initialAccessTokensSchema,
    meaning: 'Tokens for POST /register, with commas between them. Without any there is no such endpoint',
    fallback: 'none',
    example: 'qf3Zr0…',
  },
  OUTBOUND_HOSTS: {
    schema: hostsSchema,
    meaning:
      'Private hosts that addresses of self-registered clients may name, with commas between them. Link-local ones are never called',
    fallback: 'none',
    example: 'app.internal,10.0.0.7',
  },
  SERVICE_NAME: {
    schema: z.string().min(1).max(60, 'has at most 60 characters').default('Meridian'),
    meaning: 'The name people read on the pages',
    fallback: 'Meridian',
    example: 'Example ID',
  },
  // RFC 6749 §4.1.2 recommends at most ten minutes; a redirect takes seconds.
  CODE_SECONDS: seconds(60, 'An authorization code', { most: 600 }),
  ACCESS_TOKEN_SECONDS: seconds(600, 'An access token; a lost role counts for so long', { least: 10 }),
  ID_TOKEN_SECONDS: seconds(300, 'An ID token', { least: 10 }),
  SIGN_ON_SECONDS: seconds(DAY, 'A sign-on session, and with it its refresh tokens', { least: 60 }),
  OFFLINE_SECONDS: seconds(30 * DAY, 'A grant with offline_access', { least: 60 }),
  INTERACTION_SECONDS: seconds(1800, 'A page that waits for somebody', { least: 60 }),
  REFRESH_REPLAY_SECONDS: seconds(10, 'How long the same refresh token gets the same answer again', {
    least: 0,
    most: 60,
  }),
  KEY_ROTATION_DAYS: wholeNumber(
    30,
    'A signing key signs for so long; 0 leaves rotation to pnpm idp keys rotate',
    {
      least: 0,
      most: 3650,
      unit: 'days',
    },
  ),
  SIGN_IN_WINDOW_SECONDS: seconds(
    DEFAULT_LIMITS.windowSeconds,
    'The span over which failed sign-ins add up; then 429',
    { most: DAY },
  ),
  SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS: tries(
    DEFAULT_LIMITS.perAccountAndAddress,
    'Failed tries on one account from one address',
  ),
  SIGN_IN_TRIES_PER_ADDRESS: tries(DEFAULT_LIMITS.perAddress, 'Failed tries from one address'),
  SIGN_IN_TRIES_PER_ACCOUNT: tries(DEFAULT_LIMITS.perAccount, 'Failed tries on one account'),
  SIGN_IN_TRIES_PER_DEVICE: tries(
    DEFAULT_LIMITS.perDevice,
    'Failed tries of a browser that signed in to the account before',
  ),
  LOG_LEVEL: {
    schema: logLevelSchema,
    meaning: 'The least that is logged: debug, info, warn or error. Audit events always are',
    fallback: 'info',
    example: 'warn',
  },
  DRAIN_SECONDS: seconds(10, 'At SIGTERM, how long requests under way may take to finish', { most: 300 }),
  DRAIN_DELAY_SECONDS: seconds(
    0,
    'At SIGTERM, how long it still takes requests while /readyz says 503, for a load balancer to notice',
    { least: 0, most: 300 },
  ),
} as const;

export type VariableName = keyof typeof table;
export type Values = { readonly [Name in VariableName]: z.output<(typeof table)[Name]['schema']> };
