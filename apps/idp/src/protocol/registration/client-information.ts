import { NO_STORE } from '../../http/oauth-error.ts';
import { paths } from '../metadata.ts';

/** What a client learns of its registration. */
export interface ClientInformation {
  readonly clientId: string;
  readonly issuedAt: number;
  /** Only where it was just made, or just sent: no more than its hash is kept. */
  readonly clientSecret: string | undefined;
  readonly registrationToken: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The client information response (RFC 7591 §3.2.1, RFC 7592 §3). */
export function clientInformationResponse(
  issuer: string,
  { clientId, issuedAt, clientSecret, registrationToken, metadata }: ClientInformation,
  status: 200 | 201,
): Response {
  const { token_endpoint_auth_method: method } = metadata;
  const information = {
    client_id: clientId,
    client_id_issued_at: issuedAt,
    ...(clientSecret !== undefined && { client_secret: clientSecret, client_secret_expires_at: 0 }),
    registration_client_uri: `${issuer}${paths.register}/${clientId}`,
    registration_access_token: registrationToken,
    ...metadata,
    // OIDC Registration §2. As in CLIENTS_FILE, a client that is silent may post its secret as well; some do.
    token_endpoint_auth_method: method ?? 'client_secret_basic',
  };
  return Response.json(information, { status, headers: NO_STORE });
}
