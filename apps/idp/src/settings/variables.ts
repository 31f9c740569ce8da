import { z } from 'zod';
import { DEFAULT_LIMITS, MAX_ATTEMPTS } from '../throttle/index.ts';
import {
  databaseSchema,
  encryptionKeysSchema,
  hostsSchema,
  initialAccessTokensSchema,
  issuerSchema,
  logLevelSchema,
  proxiesSchema,
  serviceNameSchema,
} from './schemas.ts';
import { optionalText, seconds, wholeNumber } from './define-variable.ts';

const DAY = 86_400;
const tries = (fallback: number, description: string) =>
  wholeNumber(fallback, description, { min: 1, max: MAX_ATTEMPTS, unit: 'tries' });

/** All environment variables that the provider reads, in the order of `--help` and the README. */
export const variables = {
  ISSUER: {
    schema: issuerSchema,
    description:
      'Issuer and origin of every page. https; http for 127.0.0.1, [::1], localhost and *.localhost only',
    defaultText: 'needed',
    example: 'https://id.example.com',
  },
  HOST: {
    schema: z.string().min(1).default('127.0.0.1'),
    description: 'The address it listens on',
    defaultText: '127.0.0.1',
    example: '0.0.0.0',
  },
  PORT: wholeNumber(4100, 'The port it listens on; 0 lets the system choose', { min: 0, max: 65_535 }),
  TRUST_PROXY: {
    schema: proxiesSchema,
    description:
      'Proxies whose X-Forwarded-For counts: addresses and CIDR blocks with commas between them, loopback, or none',
    defaultText: 'loopback with an https issuer, else none',
    example: 'loopback,10.0.0.0/8',
  },
  DATABASE_URL: {
    schema: databaseSchema,
    description: 'file:path for SQLite (mode 0600), or postgres://user:password@host/name',
    defaultText: 'file:idp.sqlite',
    example: 'postgres://idp@db.example.com/idp',
  },
  KEY_ENCRYPTION_KEYS: {
    schema: encryptionKeysSchema,
    description:
      'Keys that seal the signing keys in the database: 32 random bytes each, base64url, with commas between them. The first seals, all open. Needed with PostgreSQL',
    defaultText: 'SQLite: a file that is made beside the database',
    example: 'mYq9Wv…',
  },
  KEY_ENCRYPTION_KEYS_FILE: optionalText(
    'The same from a file, with commas or line breaks between them',
    '/run/secrets/idp-key-encryption-keys',
  ),
  CLIENTS_FILE: optionalText(
    'JSON array of clients: RFC 7591 members, client_secret, first_party, resources, audiences, permissions',
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
    description:
      'For development: tokens for POST /register, with commas between them. Others: pnpm idp initial-tokens add',
    defaultText: 'none',
    example: 'qf3Zr0…',
  },
  OUTBOUND_HOSTS: {
    schema: hostsSchema,
    description:
      'Private hosts that addresses of self-registered clients may name, with commas between them. Link-local ones are never called',
    defaultText: 'none',
    example: 'app.internal,10.0.0.7',
  },
  SERVICE_NAME: {
    schema: serviceNameSchema,
    description: 'The name people read on the pages',
    defaultText: 'Meridian',
    example: 'Example ID',
  },
  // RFC 6749 §4.1.2 recommends at most ten minutes; a redirect takes seconds.
  CODE_SECONDS: seconds(60, 'An authorization code', { max: 600 }),
  ACCESS_TOKEN_SECONDS: seconds(600, 'An access token; a lost role counts for so long', { min: 10 }),
  ID_TOKEN_SECONDS: seconds(300, 'An ID token', { min: 10 }),
  SIGN_ON_SECONDS: seconds(DAY, 'A sign-on session, and with it its refresh tokens', { min: 60 }),
  OFFLINE_SECONDS: seconds(30 * DAY, 'A grant with offline_access', { min: 60 }),
  INTERACTION_SECONDS: seconds(1800, 'A page that waits for somebody', { min: 60 }),
  REFRESH_REPLAY_SECONDS: seconds(10, 'How long the same refresh token gets the same answer again', {
    min: 0,
    max: 60,
  }),
  KEY_ROTATION_DAYS: wholeNumber(
    30,
    'A signing key signs for so long; 0 leaves rotation to pnpm idp keys rotate',
    {
      min: 0,
      max: 3650,
      unit: 'days',
    },
  ),
  SIGN_IN_WINDOW_SECONDS: seconds(
    DEFAULT_LIMITS.windowSeconds,
    'The span over which failed sign-ins add up; then 429',
    { max: DAY },
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
  WAITING_REQUESTS_PER_NETWORK: wholeNumber(
    4000,
    'Sign-ins of one network that wait unopened; beyond it the oldest make room. The database grows by at most 16 KiB for each',
    { min: 20, max: 1_000_000 },
  ),
  LOG_LEVEL: {
    schema: logLevelSchema,
    description: 'The least that is logged: debug, info, warn or error. Audit events always are',
    defaultText: 'info',
    example: 'warn',
  },
  EVENT_DETAILS: {
    schema: z.enum(['on', 'off']).default('off'),
    description: 'on: the log also says what each request asked for and what its tokens say. For development',
    defaultText: 'off',
    example: 'on',
  },
  DRAIN_SECONDS: seconds(10, 'At SIGTERM, how long requests under way may take to finish', { max: 300 }),
  DRAIN_DELAY_SECONDS: seconds(
    0,
    'At SIGTERM, how long it still takes requests while /readyz says 503, for a load balancer to notice',
    { min: 0, max: 300 },
  ),
} as const;

export type VariableName = keyof typeof variables;
export type Values = { readonly [Name in VariableName]: z.output<(typeof variables)[Name]['schema']> };
