import { authPaths } from '@sso/auth/wire';
import { access, callsAcross } from './access.ts';
import { relyingParties, type RelyingParty } from './apps.ts';
import { DEFAULT_HTTPS_PORT, originOf } from './urls.ts';

/** A client as `CLIENTS_FILE` wants it (RFC 7591 §2 members and the provider's own four), without its secret. */
export interface Registration {
  readonly client_id: string;
  readonly client_name: string;
  readonly client_uri: string;
  readonly initiate_login_uri: string;
  readonly redirect_uris: readonly string[];
  readonly post_logout_redirect_uris: readonly string[];
  readonly backchannel_logout_uri: string;
  readonly backchannel_logout_session_required: boolean;
  readonly security_event_uri: string;
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
  readonly token_endpoint_auth_method: string;
  readonly id_token_signed_response_alg: string;
  readonly scope: string;
  readonly first_party: boolean;
  /** The audiences it may have tokens for (RFC 8707). */
  readonly resources: readonly string[];
  /** The audiences it stands for. */
  readonly audiences: readonly string[];
  readonly permissions: readonly string[];
}

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** The provider's registration of one app, its addresses on the given HTTPS port. */
export function registrationOf(app: RelyingParty, httpsPort: number = DEFAULT_HTTPS_PORT): Registration {
  const origin = originOf(app.name, httpsPort);
  const permissions = [...Object.keys(access.audiences[app.audience].permissions), ...callsAcross[app.name]];
  return {
    client_id: app.clientId,
    client_name: app.title,
    client_uri: origin,
    initiate_login_uri: origin + authPaths.login,
    redirect_uris: [origin + authPaths.callback],
    post_logout_redirect_uris: [origin + authPaths.loggedOut],
    backchannel_logout_uri: origin + authPaths.backchannelLogout,
    backchannel_logout_session_required: true,
    security_event_uri: origin + authPaths.securityEvents,
    grant_types: ['authorization_code', 'refresh_token', TOKEN_EXCHANGE],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256',
    scope: 'openid profile email',
    first_party: true,
    resources: audiencesOf(permissions),
    audiences: [app.audience],
    permissions,
  };
}

function audiencesOf(permissions: readonly string[]): string[] {
  return Object.entries(access.audiences).flatMap(([audience, { permissions: its }]) =>
    permissions.some((permission) => Object.hasOwn(its, permission)) ? [audience] : [],
  );
}

/** All registrations, as the array that `CLIENTS_FILE` holds once each has its secret. */
export function registrations(httpsPort: number = DEFAULT_HTTPS_PORT): Registration[] {
  return relyingParties.map((app) => registrationOf(app, httpsPort));
}
