import { randomId, type Clock } from '../foundation/index.ts';
import { LOGOUT_EVENT } from '../tokens/index.ts';
import { forge, type Forgery } from './forge.ts';
import type { TestKeyRing } from './test-key-ring.ts';
import { ada } from './test-people.ts';

/** Any claims: right ones in the defaults, wrong ones where a test sets them. `undefined` removes a claim. */
export type AnyClaims = Readonly<Record<string, unknown>>;

/** Signs tokens as the issuer would. */
export interface Mint {
  /** A right access token of the default client for `audience`, with these claims changed. */
  accessToken(claims?: AnyClaims): Promise<string>;
  /** A right ID token for the default client, with these claims changed. */
  idToken(claims?: AnyClaims): Promise<string>;
  /** A right logout token for the default client, with these claims changed. */
  logoutToken(claims?: AnyClaims): Promise<string>;
  /** A token that is wrong in any way: header, claims, text or signer. */
  forge(kind: TokenKind, forgery: Forgery): Promise<string>;
}

export type TokenKind = 'access' | 'id' | 'logout';

export interface MintOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly clock: Clock;
  readonly keys: TestKeyRing;
}

export function createMint(options: MintOptions): Mint {
  const make = (kind: TokenKind, forgery: Forgery) => {
    const signer = options.keys.signer();
    const header = { alg: signer.alg, typ: types[kind], kid: signer.kid };
    return forge({ header, claims: claimsOf[kind](options), signer }, forgery);
  };
  return {
    accessToken: (claims = {}) => make('access', { claims }),
    idToken: (claims = {}) => make('id', { claims }),
    logoutToken: (claims = {}) => make('logout', { claims }),
    forge: make,
  };
}

const types = { access: 'at+jwt', id: 'JWT', logout: 'logout+jwt' } as const;

const claimsOf: Record<TokenKind, (options: MintOptions) => AnyClaims> = {
  access: ({ issuer, clientId, audience, clock }) => ({
    ...lifeOf(issuer, clock(), 600),
    sub: ada.sub,
    aud: audience,
    jti: randomId(),
    client_id: clientId,
    scope: 'openid',
    permissions: ada.permissions?.[audience] ?? [],
    sid: 'sid-1',
  }),
  id: ({ issuer, clientId, clock }) => ({
    ...lifeOf(issuer, clock(), 300),
    sub: ada.sub,
    aud: clientId,
    nonce: 'nonce-1',
    auth_time: clock(),
    sid: 'sid-1',
    ...ada.claims,
  }),
  logout: ({ issuer, clientId, clock }) => ({
    ...lifeOf(issuer, clock(), 120),
    aud: clientId,
    jti: randomId(),
    sid: 'sid-1',
    events: { [LOGOUT_EVENT]: {} },
  }),
};

const lifeOf = (iss: string, now: number, seconds: number) => ({ iss, iat: now, exp: now + seconds });
