import { randomBytes } from 'node:crypto';
import { permissionsOfAudience } from '@sso/auth/access';
import { access, apps, relyingParties } from '@sso/domains';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

const PROOFS_VARIABLE = 'E2E_FOREIGN_CLIENTS';

const REDIRECT_URI = 'https://foreign.example/callback';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const TITLE = 'The Observatory';

/** RFC 7591 metadata of foreign relying parties. Members that are left out get the defaults of the RFCs. */
const registrations = {
  /** Trusted as our own sites are, and everything else by default: RS256, either form of its secret. */
  trusted: {
    client_id: 'foreign-trusted',
    redirect_uris: [REDIRECT_URI],
    post_logout_redirect_uris: ['https://foreign.example/goodbye'],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials', EXCHANGE],
    first_party: true,
    resources: [apps.shop.audience, apps.blog.audience],
    permissions: relyingParties.flatMap(({ audience }) => permissionsOfAudience(access, audience)),
  },
  /** A third party: people are asked for consent. */
  third: {
    client_id: 'foreign-third',
    client_name: TITLE,
    client_uri: 'https://foreign.example',
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code', 'refresh_token'],
    scope: 'openid profile email address phone offline_access',
    resources: [apps.shop.audience],
    permissions: ['shop:products.read', 'shop:prices.member'],
  },
  /** Authenticates by a key (private_key_jwt). */
  signer: {
    client_id: 'foreign-signer',
    redirect_uris: [REDIRECT_URI],
    grant_types: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    first_party: true,
    resources: [apps.shop.audience],
    permissions: ['shop:products.read'],
  },
  /** A native app: no secret, any loopback port (RFC 8252 §7.3). */
  native: {
    client_id: 'foreign-native',
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    redirect_uris: ['http://127.0.0.1/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    first_party: true,
  },
  /** An old library without PKCE, with EdDSA for its ID tokens. */
  old: {
    client_id: 'foreign-old',
    redirect_uris: [REDIRECT_URI],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: 'EdDSA',
    require_pkce: false,
    first_party: true,
  },
  /** Knows people by names of its own (OIDC Core §8.1). */
  stranger: {
    client_id: 'foreign-stranger',
    redirect_uris: [REDIRECT_URI],
    subject_type: 'pairwise',
    first_party: true,
  },
} as const;

export type ForeignName = keyof typeof registrations;

/** What a client may sign its assertions with, and what the one that signs here has keys for. */
export const ASSERTION_ALGS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'EdDSA',
] as const;

/** A client as its own developer knows it: the id, where people come back to, and what it proves itself with. */
export interface ForeignClient {
  readonly clientId: string;
  readonly secret: string;
  /** Of the client that has one, by algorithm. */
  readonly privateJwks: Readonly<Record<string, JWK>>;
  readonly redirectUri: string;
}

/** What this run's clients prove themselves with, and the token that lets others register. */
type Proofs = Pick<ForeignClient, 'secret' | 'privateJwks'> & { readonly initialAccessToken: string };

/**
 * Registrations with secrets of this run for CLIENTS_FILE; the secrets stay where worker processes inherit them.
 * @example `startStack({ clients: await createForeignClients() })`
 */
export async function createForeignClients(): Promise<Record<string, unknown>[]> {
  const pairs = await Promise.all(ASSERTION_ALGS.map(createPair));
  const proofs: Proofs = {
    secret: randomBytes(32).toString('base64url'),
    initialAccessToken: randomBytes(32).toString('base64url'),
    privateJwks: Object.fromEntries(pairs.map(({ alg, privateJwk }) => [alg, privateJwk])),
  };
  process.env[PROOFS_VARIABLE] = JSON.stringify(proofs);
  const jwks = { keys: pairs.map(({ publicJwk }) => publicJwk) };
  return Object.values(registrations).map((registration) => ({
    ...registration,
    ...proofOf(registration, { client_secret: proofs.secret }, { jwks }),
  }));
}

async function createPair(alg: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const named = { kid: alg, alg };
  return {
    alg,
    privateJwk: { ...(await exportJWK(privateKey)), ...named },
    publicJwk: { ...(await exportJWK(publicKey)), ...named, use: 'sig' },
  };
}

function proofOf(registration: object, secret: object, keys: object): object {
  const method = 'token_endpoint_auth_method' in registration ? registration.token_endpoint_auth_method : '';
  if (method === 'none') return {};
  return method === 'private_key_jwt' ? keys : secret;
}

/** @throws Error outside of a run whose set-up registered the clients. */
export function requireForeignClient(name: ForeignName): ForeignClient {
  const { client_id: clientId, redirect_uris } = registrations[name];
  return { ...requireProofs(), clientId, redirectUri: redirect_uris[0] };
}

/** Lets whoever has it register a client (RFC 7591 §1.2). @throws Error as above */
export function requireInitialAccessToken(): string {
  return requireProofs().initialAccessToken;
}

function requireProofs(): Proofs {
  const kept = process.env[PROOFS_VARIABLE];
  if (kept === undefined) throw new Error('no foreign clients: start the specs with Playwright');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- createForeignClients wrote it, in the same run
  return JSON.parse(kept) as Proofs;
}
