import { z } from 'zod';
import { contradictionsIn } from './contradictions.ts';
import { findRedirectProblem, isSecureUrl } from './redirect-uris.ts';
import { type NameProblem, nameProblemsIn, nameSchema } from '../foundation/names.ts';
import { jwksSchema } from './client-jwks.ts';
import {
  ASSERTION_ALGS,
  AUTH_METHODS,
  GRANT_TYPES,
  ID_TOKEN_ALGS,
  RESPONSE_MODES,
  SUBJECT_TYPES,
} from './metadata-values.ts';

const MAX_ADDRESSES = 50;

const secureUrl = z
  .string()
  .max(2000)
  .refine(isSecureUrl, 'is an https address (http on loopback hosts only)');
/** An address that people follow or the provider calls, and whose host is all they see of it. */
function isPlainAddress(value: string): boolean {
  return !value.includes('#') && !/^[a-z]+:\/\/[^/?]*@/i.test(value);
}

const redirectUri = z.string().superRefine((value, context) => {
  const message = findRedirectProblem(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
const redirectUris = z.array(redirectUri).max(MAX_ADDRESSES).default([]);
const name = nameSchema.max(100);
const textMembers = {
  client_name: name.optional(),
  contacts: z.array(name).max(10).optional(),
  software_id: name.optional(),
  software_version: name.optional(),
};
const unsupportedFlag = z.literal(false, 'is not supported: it would be asked for and not be done');
const unsupported = z.undefined('is not supported: it would be asked for and not be done');

/** What a client says of itself (RFC 7591 §2, OIDC Registration §2, the logout specifications). */
const metadataMembers = {
  ...textMembers,
  client_uri: secureUrl.optional(),
  logo_uri: secureUrl.optional(),
  policy_uri: secureUrl.optional(),
  tos_uri: secureUrl.optional(),
  initiate_login_uri: secureUrl.refine(isPlainAddress, 'has no fragment and no user name').optional(),
  application_type: z.enum(['web', 'native']).default('web'),
  redirect_uris: redirectUris,
  post_logout_redirect_uris: redirectUris,
  backchannel_logout_uri: secureUrl.refine(isPlainAddress, 'has no fragment and no user name').optional(),
  // No standard has a name for it: RFC 8935 §2 leaves it to both sides how a transmitter learns the address.
  security_event_uri: secureUrl.refine(isPlainAddress, 'has no fragment and no user name').optional(),
  backchannel_logout_session_required: z.boolean().default(false),
  grant_types: z.array(z.enum(Object.values(GRANT_TYPES))).default([GRANT_TYPES.code]),
  response_types: z.array(z.literal('code')).default(['code']),
  response_modes: z.array(z.enum(RESPONSE_MODES)).default([...RESPONSE_MODES]),
  token_endpoint_auth_method: z.enum(AUTH_METHODS).optional(),
  token_endpoint_auth_signing_alg: z.enum(ASSERTION_ALGS).optional(),
  jwks: jwksSchema.optional(),
  jwks_uri: secureUrl.optional(),
  subject_type: z.enum(SUBJECT_TYPES).optional(),
  sector_identifier_uri: secureUrl.refine((value) => !value.includes('#'), 'has no fragment').optional(),
  id_token_signed_response_alg: z.enum(ID_TOKEN_ALGS).default('RS256'),
  scope: z.string().max(2000).default('openid profile email address phone offline_access'),
  require_pkce: z.boolean().default(true),
  require_pushed_authorization_requests: z.boolean().default(false),
  dpop_bound_access_tokens: z.boolean().default(false),
  // A client that registers one of these would rely on a protection that it does not get.
  id_token_encrypted_response_alg: unsupported.optional(),
  userinfo_signed_response_alg: unsupported.optional(),
  userinfo_encrypted_response_alg: unsupported.optional(),
  authorization_signed_response_alg: unsupported.optional(),
  tls_client_certificate_bound_access_tokens: unsupportedFlag.optional(),
};

const earlierTextMembers = {
  client_name: z.string().optional(),
  contacts: z.array(z.string()).optional(),
  software_id: z.string().optional(),
  software_version: z.string().optional(),
};

/** What only whoever runs the provider may say of a client. */
const operatorMembers = {
  first_party: z.boolean().default(false),
  resources: z.array(z.string().min(1)).default([]),
  audiences: z.array(z.string().min(1)).default([]),
  permissions: z.array(z.string().min(1)).default([]),
};

export const OPERATOR_MEMBERS: readonly string[] = Object.keys(operatorMembers);

/** What nobody but the operator may loosen. */
const strangersMembers = {
  require_pkce: z
    .literal(true, 'must stay on: only the operator can turn it off (RFC 9700 §2.1.1)')
    .default(true),
};

/** What the provider itself notes of a client. */
const originMembers = {
  /** Whether it came by dynamic registration (RFC 7591), so that the operator has not checked its addresses. */
  self_registered: z.boolean().default(false),
  /** In seconds: what people answered until then was for another name, or other addresses. */
  consents_since: z.number().optional(),
};

export const PROVIDER_MEMBERS: readonly string[] = Object.keys(originMembers);

const secret = z.string().min(16, 'has at least 16 characters');
const credentialMembers = {
  client_id: z.string().regex(/^[\x21-\x7e]{1,200}$/, 'is 1 to 200 printable characters'),
  client_secret: secret.optional(),
  /** The one before, which the client may still use. */
  previous_client_secret: secret.optional(),
};

/** An entry of `CLIENTS_FILE`. */
export const fileClientSchema = withNamesChecked(
  z
    .object({ ...credentialMembers, ...metadataMembers, ...operatorMembers, ...originMembers })
    .superRefine((client, context) => addIssues(context, contradictionsIn(client))),
);

/** What comes to the registration endpoint; members nobody here knows are left out (RFC 7591 §2). */
export const dynamicRegistrationSchema = withNamesChecked(
  z
    .object({ ...metadataMembers, ...strangersMembers })
    .superRefine((client, context) => addIssues(context, withoutSecret(client))),
);

/** What `pnpm idp clients add` takes; an unknown member is a typing mistake. */
export const operatorClientSchema = withNamesChecked(
  z
    .strictObject({ ...metadataMembers, ...operatorMembers })
    .superRefine((client, context) => addIssues(context, withoutSecret(client))),
);

/** What the database holds, names of earlier releases included; see `client-from-metadata.ts`. */
export const storedClientSchema = z.object({
  ...metadataMembers,
  ...earlierTextMembers,
  // Earlier releases took a user name here.
  backchannel_logout_uri: secureUrl.optional(),
  ...operatorMembers,
  ...originMembers,
});

/** Names in other languages (RFC 7591 §2.2) are checked too, and then left out like all that nobody here reads. */
function withNamesChecked<S extends z.ZodType>(schema: S): z.ZodPipe<z.ZodUnknown, S> {
  return z
    .unknown()
    .superRefine((content, context) => addIssues(context, translationProblems(content)))
    .pipe(schema);
}

function translationProblems(content: unknown): NameProblem[] {
  return nameProblemsIn(content, Object.keys(textMembers)).filter(([member]) => member.includes('#'));
}

type Contradictions = ReturnType<typeof contradictionsIn>;

/** The provider makes the secret, so a missing one is no mistake. */
function withoutSecret(client: Parameters<typeof contradictionsIn>[0]): Contradictions {
  return contradictionsIn(client).filter(([member]) => member !== 'client_secret');
}

function addIssues(context: z.RefinementCtx, problems: Contradictions | readonly NameProblem[]): void {
  for (const [member, message] of problems) context.addIssue({ code: 'custom', path: [member], message });
}
