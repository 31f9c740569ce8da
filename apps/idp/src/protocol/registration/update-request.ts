import { z } from 'zod';
import { equalHashes, sha256 } from '../../foundation/secrets.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { StoredClient } from '../../store/index.ts';

/** The secret that an update repeats, where it does. */
export type SentSecret = string | undefined;

/** What only the provider says of a client (RFC 7592 §2.2). */
const PROVIDERS_MEMBERS = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
] as const;

const schema = z.looseObject({ client_id: z.string(), client_secret: z.string().optional() });

/**
 * An update names the client itself, and the secret only if it is the client's own: nobody chooses one (RFC 7592 §2.2).
 *
 * @throws OAuthError invalid_client_metadata
 */
export function requireOwnIdentity(content: unknown, client: StoredClient): SentSecret {
  const parsed = schema.safeParse(content);
  if (!parsed.success || parsed.data.client_id !== client.clientId)
    throw new OAuthError('invalid_client_metadata', 'client_id is that of the registration that changes');
  const foreign = PROVIDERS_MEMBERS.find((member) => Object.hasOwn(parsed.data, member));
  if (foreign !== undefined)
    throw new OAuthError(
      'invalid_client_metadata',
      `${foreign} must not be in an update (RFC 7592 section 2.2)`,
    );
  const { client_secret: sent } = parsed.data;
  if (sent !== undefined && !equalHashes(client.secretHash ?? '', sha256(sent)))
    throw new OAuthError('invalid_client_metadata', 'client_secret is not that of the client');
  return sent;
}
