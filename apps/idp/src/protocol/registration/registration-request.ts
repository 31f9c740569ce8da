import type { z } from 'zod';
import type { DynamicRegistration } from '../../clients/dynamic-registration.ts';
import { dynamicRegistrationSchema } from '../../clients/metadata-schema.ts';
import { ClientMetadataError, requireClientMetadata } from '../../clients/register-client.ts';
import { requireListedBySector } from '../../clients/sector-identifier.ts';
import { contentTypeOf, readBody } from '../../http/body.ts';
import { errorUri } from '../../http/error-uri.ts';
import { OAuthError } from '../../http/oauth-error.ts';

export type StrangersMetadata = z.output<typeof dynamicRegistrationSchema>;

/** The token of the `Authorization` header (RFC 6750 §2.1). */
export function findBearer(request: Request): string | undefined {
  return /^bearer +([\w.~+/=-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

/** 401 with a challenge, which names an error only where a token was sent (RFC 6750 §3.1). */
export function tokenError(issuer: string, token: string | undefined, description: string): OAuthError {
  const error =
    token === undefined ? '' : `, error="invalid_token", error_uri="${errorUri(issuer, 'invalid_token')}"`;
  return new OAuthError('invalid_token', description, {
    status: 401,
    headers: { 'WWW-Authenticate': `Bearer realm="registration"${error}` },
  });
}

/** @throws OAuthError invalid_client_metadata */
export async function readJsonBody(request: Request): Promise<unknown> {
  if (contentTypeOf(request) !== 'application/json')
    throw new OAuthError(
      'invalid_client_metadata',
      'send the metadata as application/json (RFC 7591 section 3.1)',
    );
  const text = await readBody(request);
  try {
    const content: unknown = JSON.parse(text);
    return content;
  } catch {
    throw new OAuthError('invalid_client_metadata', 'the body is not JSON');
  }
}

/** What a stranger may say of a client. @throws OAuthError invalid_redirect_uri or invalid_client_metadata */
export async function requireStrangersMetadata(
  content: unknown,
  { mayBePrivate, fetch }: Pick<DynamicRegistration, 'mayBePrivate' | 'fetch'>,
): Promise<StrangersMetadata> {
  try {
    const metadata = requireClientMetadata(dynamicRegistrationSchema, content, mayBePrivate);
    await requireListedBySector(fetch, metadata);
    return metadata;
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    const isRedirect = error.problems.some(({ member }) => /^redirect_uris\b/.test(member));
    throw new OAuthError(
      isRedirect ? 'invalid_redirect_uri' : 'invalid_client_metadata',
      error.message.replaceAll('\n', '; '),
      { cause: error },
    );
  }
}
