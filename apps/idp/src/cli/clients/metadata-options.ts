import type { CommandArguments, CommandOption } from '../command.ts';

/** An option, and the member of the registration that it sets. */
interface MetadataOption extends CommandOption {
  readonly member: string;
  /** What a flag says. */
  readonly flagValue?: unknown;
}

const list = (member: string, value: string, help: string): MetadataOption => ({
  member,
  value,
  help,
  type: 'string',
  multiple: true,
});
const text = (member: string, value: string, help: string): MetadataOption => ({
  member,
  value,
  help,
  type: 'string',
});
const flag = (member: string, flagValue: unknown, help: string): MetadataOption => ({
  member,
  flagValue,
  help,
  type: 'boolean',
});

export const metadataOptions: Readonly<Record<string, MetadataOption>> = {
  name: text('client_name', 'text', 'What people read'),
  uri: text('client_uri', 'url', 'Its home page'),
  'logo-uri': text('logo_uri', 'url', 'Its logo: PNG, JPEG, WebP or GIF, at most 128 KiB'),
  'policy-uri': text('policy_uri', 'url', 'Its privacy policy'),
  'tos-uri': text('tos_uri', 'url', 'Its terms of use'),
  'initiate-login-uri': text(
    'initiate_login_uri',
    'url',
    'Where it begins a login that the account page asks for',
  ),
  'redirect-uri': list('redirect_uris', 'url', 'Where answers go: https, or http on loopback hosts'),
  'post-logout-redirect-uri': list('post_logout_redirect_uris', 'url', 'Where people go after signing out'),
  'backchannel-logout-uri': text('backchannel_logout_uri', 'url', 'Where it hears of sign-outs'),
  'security-event-uri': text('security_event_uri', 'url', 'Where it hears of changed permissions'),
  'backchannel-logout-session': flag(
    'backchannel_logout_session_required',
    true,
    'It needs the sid there, which is always sent',
  ),
  type: text(
    'application_type',
    'web|native',
    'native: loopback ports may vary, private-use schemes are allowed',
  ),
  public: flag('token_endpoint_auth_method', 'none', 'It can keep no secret (an app on a device, a page)'),
  'auth-method': text(
    'token_endpoint_auth_method',
    'method',
    'client_secret_basic, client_secret_post or private_key_jwt',
  ),
  'jwks-uri': text('jwks_uri', 'url', 'Its public keys, for private_key_jwt'),
  grant: list('grant_types', 'type', 'authorization_code where none is given'),
  scope: text('scope', 'words', 'What it may ask for, with blanks between'),
  'id-token-alg': text(
    'id_token_signed_response_alg',
    'alg',
    'RS256, ES256 or EdDSA; RS256 where none is given',
  ),
  'subject-type': text(
    'subject_type',
    'public|pairwise',
    'pairwise: it knows people by names that no other site has; public where none is given',
  ),
  'sector-identifier-uri': text(
    'sector_identifier_uri',
    'url',
    'JSON list of the redirect addresses of all clients that share pairwise names',
  ),
  resource: list('resources', 'audience', 'An API it may have tokens for'),
  audience: list('audiences', 'audience', 'An API it stands for, as no other client does'),
  permission: list('permissions', 'name', 'A permission its tokens may carry'),
  'first-party': flag('first_party', true, 'Ours: nobody is asked for consent'),
  'dpop-bound': flag('dpop_bound_access_tokens', true, 'It gets no token without the proof of a key (DPoP)'),
  par: flag(
    'require_pushed_authorization_requests',
    true,
    'It sends browsers only with requests that it pushed before',
  ),
  'no-pkce': flag('require_pkce', false, 'For a confidential client that can’t do PKCE'),
};

/** The members that the options given stand for. */
export function metadataFrom(given: CommandArguments): Record<string, unknown> {
  const members = Object.entries(metadataOptions).flatMap(([name, { member, type, multiple, flagValue }]) => {
    if (type === 'boolean') return given.has(name) ? [[member, flagValue] as const] : [];
    const values = given.all(name);
    return values.length === 0 ? [] : [[member, multiple ? values : values[0]] as const];
  });
  return Object.fromEntries(members);
}
