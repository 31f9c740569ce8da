import type { z } from 'zod';
import { randomId, sha256 } from '../foundation/secrets.ts';
import { findJsonFault } from '../http/text-faults.ts';
import type { ClientStore } from '../store/index.ts';
import { hasSecret } from './contradictions.ts';
import type { IsAllowedPrivateHost } from './private-hosts.ts';
import type { storedClientSchema } from './metadata-schema.ts';
import { isSpecialUseHost } from './special-use-hosts.ts';

type MetadataInput = z.input<typeof storedClientSchema>;

export interface MetadataProblem {
  /** The member of the registration that is wrong. */
  readonly member: string;
  readonly message: string;
}

/** A registration that can't be taken: everything that is wrong with it, a line each. */
export class ClientMetadataError extends Error {
  override readonly name = 'RegistrationError';
  readonly problems: readonly MetadataProblem[];

  constructor(problems: readonly MetadataProblem[], options?: ErrorOptions) {
    super(problems.map(({ member, message }) => `${member} ${message}`.trim()).join('\n'), options);
    this.problems = problems;
  }
}

/**
 * A new registration, checked: by its schema, that whoever needs a return address has one, and that no address we
 * would call is a private one.
 *
 * @throws RegistrationError
 */
export function requireClientMetadata<S extends z.ZodType<MetadataInput>>(
  schema: S,
  content: unknown,
  mayBePrivate: IsAllowedPrivateHost,
): z.output<S> {
  const parsed = schema.safeParse(content);
  if (!parsed.success) throw new ClientMetadataError(parsed.error.issues.flatMap(toProblems));
  const problems = [
    ...unusableMembers(parsed.data),
    ...missingRedirect(parsed.data),
    ...privateAddresses(parsed.data, mayBePrivate),
  ];
  if (problems.length > 0) throw new ClientMetadataError(problems);
  return parsed.data;
}

function toProblems(issue: z.core.$ZodIssue): MetadataProblem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((member) => ({
      member,
      message: 'is no member of a registration that is known here',
    }));
  return [{ member: issue.path.join('.'), message: issue.message }];
}

/** members that can't be stored as they stand. */
function unusableMembers(registration: MetadataInput): MetadataProblem[] {
  return Object.entries(registration).flatMap(([member, value]) => {
    const message = findJsonFault(value);
    return message === undefined ? [] : [{ member, message }];
  });
}

function missingRedirect({ grant_types, redirect_uris }: MetadataInput): MetadataProblem[] {
  const needed = grant_types?.includes('authorization_code') && (redirect_uris ?? []).length === 0;
  return needed
    ? [{ member: 'redirect_uris', message: 'is missing: authorization_code needs a return address' }]
    : [];
}

/** The members that name an address which the provider itself calls. */
const CALLED_MEMBERS = [
  'backchannel_logout_uri',
  'jwks_uri',
  'logo_uri',
  'sector_identifier_uri',
  'security_event_uri',
] as const;

/** refused when it is registered, so that nobody wonders later why it is never called. */
function privateAddresses(
  registration: MetadataInput,
  mayBePrivate: IsAllowedPrivateHost,
): MetadataProblem[] {
  return CALLED_MEMBERS.flatMap((member) => {
    const { hostname } = new URL(registration[member] ?? 'https://example.com');
    if (!isSpecialUseHost(hostname) || mayBePrivate(hostname)) return [];
    return [{ member, message: `names a private host (${hostname}), which is not in OUTBOUND_HOSTS` }];
  });
}

export interface RegisteredClient {
  readonly clientId: string;
  /** Handed out this once; only its hash is kept. Undefined for a client that has no use for one. */
  readonly clientSecret: string | undefined;
}

/** What is registered: a client under its id. */
export interface Registration {
  readonly clientId: string;
  readonly registration: MetadataInput;
  /** SHA-256 of the token by which it may change itself; undefined for clients of the operator. */
  readonly registrationTokenHash?: string;
}

/** Stores a client, with a secret of ours where it needs one. Undefined when it was not added. */
export async function registerClient(
  store: Pick<ClientStore, 'addClient'>,
  client: Registration,
  now: number,
): Promise<RegisteredClient | undefined> {
  const clientSecret = hasSecret(client.registration.token_endpoint_auth_method)
    ? createClientSecret()
    : undefined;
  const secretHash = clientSecret === undefined ? undefined : sha256(clientSecret);
  const added = await store.addClient({ ...client, secretHash }, now);
  return added ? { clientId: client.clientId, clientSecret } : undefined;
}

/** 256 random bits: nobody guesses it, so a plain hash is how it is kept. */
export function createClientSecret(): string {
  return randomId(32);
}
