import { signerKey } from './signer.ts';

export const ISSUER = 'https://id.example';
export const SHOP_API = 'https://shop.example/api';
export const BLOG_API = 'https://blog.example/api';
/** An API that knows RS256 only, and one that wants EdDSA. */
export const OLD_API = 'https://old.example/api';
export const NEW_API = 'https://new.example/api';
/** The API of a client that knows people by pairwise names. */
export const QUIET_API = 'https://quiet.example/api';
/** An API that no client stands for. */
export const LONE_API = 'https://lone.example/api';

const grants = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:token-exchange'];

const site = (name: string) => ({
  client_id: name,
  client_secret: `${name}-secret-0123456789`,
  client_name: `The ${name}`,
  client_uri: `https://${name}.example`,
  redirect_uris: [`https://${name}.example/auth/callback`],
  post_logout_redirect_uris: [`https://${name}.example/auth/logged-out`],
  grant_types: grants,
  id_token_signed_response_alg: 'ES256',
  first_party: true,
  resources: [SHOP_API, BLOG_API],
  permissions: ['shop:products.read', 'shop:prices.member', 'blog:posts.read'],
});

export const clients = [
  { ...site('shop'), audiences: [SHOP_API] },
  { ...site('blog'), audiences: [BLOG_API], initiate_login_uri: 'https://blog.example/auth/login' },
  {
    ...site('bare'),
    grant_types: ['authorization_code'],
    resources: [],
    permissions: [],
    id_token_signed_response_alg: 'RS256',
  },
  { ...site('modern'), id_token_signed_response_alg: 'EdDSA' },
  { ...site('silent'), id_token_signed_response_alg: undefined },
  { ...site('narrow'), scope: 'openid email' },
  { ...site('lax'), require_pkce: false },
  {
    ...site('stranger'),
    first_party: false,
    initiate_login_uri: 'https://stranger.example/start?from=list',
  },
  { ...site('pusher'), require_pushed_authorization_requests: true, response_modes: ['query'] },
  { ...site('colon'), client_secret: 'colon:secret-0123456789' },
  { ...site('plus'), client_secret: 'plus+secret/0123456==' },
  { ...site('odd'), client_secret: 'odd:%secret+0123456' },
  { ...site('headed'), token_endpoint_auth_method: 'client_secret_basic' },
  { ...site('robot'), redirect_uris: [], grant_types: ['client_credentials'] },
  {
    ...site('legacy'),
    grant_types: ['client_credentials', ...grants],
    resources: [SHOP_API, OLD_API, NEW_API, QUIET_API, LONE_API],
    audiences: [OLD_API, NEW_API],
    permissions: [
      'shop:products.read',
      'old:things.read',
      'new:things.read',
      'quiet:things.read',
      'lone:things.read',
    ],
  },
  {
    ...site('quiet'),
    subject_type: 'pairwise',
    resources: [SHOP_API, QUIET_API],
    audiences: [QUIET_API],
    permissions: ['shop:products.read', 'quiet:things.read'],
  },
  {
    ...site('sibling'),
    subject_type: 'pairwise',
    sector_identifier_uri: 'https://quiet.example/sector.json',
  },
  { ...site('hidden'), subject_type: 'pairwise', resources: [], permissions: [] },
  {
    ...site('signer'),
    client_secret: undefined,
    grant_types: ['client_credentials', ...grants],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [signerKey.publicJwk] },
  },
  {
    ...site('native'),
    client_secret: undefined,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: ['http://127.0.0.1/callback', 'com.example.app:/callback'],
  },
];

export const people = [
  {
    username: 'ada',
    password: 'the analytical engine weaves',
    roles: ['member'],
    sub: 'sub-ada',
    name: 'Ada Lovelace',
    given_name: 'Ada',
    email: 'ada@example.com',
    email_verified: true,
    address: { street_address: '12 St James’s Square', locality: 'London', country: 'GB' },
    phone_number: '+44 20 7946 0000',
    phone_number_verified: false,
    shoe_size: 37,
  },
  {
    username: 'ben',
    password: 'lightning rods and kites too',
    roles: ['reader'],
    sub: 'sub-ben',
    name: 'Ben',
  },
];

export const access = {
  audiences: {
    [SHOP_API]: {
      title: 'Shop',
      permissions: { 'shop:products.read': 'See products', 'shop:prices.member': 'See member prices' },
    },
    [BLOG_API]: {
      title: 'Blog',
      permissions: { 'blog:posts.read': 'Read posts', 'blog:drafts.read': 'Read drafts' },
    },
    [OLD_API]: { title: 'Old', permissions: { 'old:things.read': 'Read old things' }, alg: 'RS256' },
    [NEW_API]: { title: 'New', permissions: { 'new:things.read': 'Read new things' }, alg: 'EdDSA' },
    [QUIET_API]: { title: 'Quiet', permissions: { 'quiet:things.read': 'Read quiet things' } },
    [LONE_API]: { title: 'Lone', permissions: { 'lone:things.read': 'Read lone things' } },
  },
  roles: {
    reader: ['shop:products.read', 'blog:posts.read'],
    member: [
      'shop:products.read',
      'shop:prices.member',
      'blog:posts.read',
      'blog:drafts.read',
      'old:things.read',
      'new:things.read',
      'quiet:things.read',
      'lone:things.read',
    ],
  },
};
