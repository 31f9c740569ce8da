import { randomId, type Clock } from '../../foundation/index.ts';
import { LOGOUT_EVENT, TOKEN_CLAIMS_CHANGE } from '../../tokens/index.ts';
import { forge, type Forgery } from '../forgeries/forge.ts';
import type { TestKeyRing } from './test-key-ring.ts';
import { ada } from './test-people.ts';

/** Claims to set in place of the correct ones. `undefined` removes a claim. */
export type AnyClaims = Readonly<Record<string, unknown>>;

/** Signs tokens as the issuer would, for Ada unless `sub` names somebody else. */
export interface Mint {
  /** A right access token of the default client for `audience`, with these claims changed. */
  accessToken(claims?: AnyClaims): Promise<string>;
  /** A right ID token for the default client, with these claims changed; Ada's name goes with her `sub` only. */
  idToken(claims?: AnyClaims): Promise<string>;
  /** A right logout token for the default client, with these claims changed. */
  logoutToken(claims?: AnyClaims): Promise<string>;
  /** A right security event token for the default client: Ada's permissions changed now. With these claims changed. */
  securityEvent(claims?: AnyClaims): Promise<string>;
  /** A token with any change to its header, claims, JSON text or signer. */
  forge(kind: TokenKind, forgery: Forgery): Promise<string>;
}

export type TokenKind = 'access' | 'id' | 'logout' | 'event';

/** Signs a token with `iss`, times and `jti`; the forgery sets every other claim. */
export type Sign = (kind: TokenKind, forgery: Forgery) => Promise<string>;

export interface SignOptions {
  readonly issuer: string;
  readonly clock: Clock;
  readonly keys: TestKeyRing;
}

const types = { access: 'at+jwt', id: 'JWT', logout: 'logout+jwt', event: 'secevent+jwt' } as const;
/** What has happened stays true: an event has no end. */
const lifeSeconds = { access: 600, id: 300, logout: 120, event: undefined } as const;

export function createSign({ issuer, clock, keys }: SignOptions): Sign {
  return (kind, forgery) => {
    const [signer, now] = [keys.signer(), clock()];
    const header = { alg: signer.alg, typ: types[kind], kid: signer.kid };
    const seconds = lifeSeconds[kind];
    const life = { iss: issuer, iat: now, ...(seconds !== undefined && { exp: now + seconds }) };
    const claims = kind === 'id' ? life : { ...life, jti: randomId() };
    return forge({ header, claims, signer }, forgery);
  };
}

export interface MintOptions extends Pick<SignOptions, 'issuer'> {
  readonly clientId: string;
  readonly audience: string;
  readonly clock: Clock;
  readonly sign: Sign;
}

export function createMint(options: MintOptions): Mint {
  const make = (kind: TokenKind, forgery: Forgery) =>
    options.sign(kind, {
      ...forgery,
      claims: { ...claimsOf[kind](options, forgery.claims), ...forgery.claims },
    });
  return {
    accessToken: (claims = {}) => make('access', { claims }),
    idToken: (claims = {}) => make('id', { claims }),
    logoutToken: (claims = {}) => make('logout', { claims }),
    securityEvent: (claims = {}) => make('event', { claims }),
    forge: make,
  };
}

const claimsOf: Record<TokenKind, (options: MintOptions, changed?: AnyClaims) => AnyClaims> = {
  access: ({ clientId, audience }) => ({
    sub: ada.sub,
    aud: audience,
    client_id: clientId,
    scope: 'openid',
    permissions: ada.permissions?.[audience] ?? [],
    sid: 'sid-1',
  }),
  id: ({ clientId, clock }, { sub = ada.sub } = {}) => ({
    ...(sub === ada.sub ? ada.claims : {}),
    sub: ada.sub,
    aud: clientId,
    nonce: 'nonce-1',
    auth_time: clock(),
    sid: 'sid-1',
  }),
  event: ({ issuer, clientId, audience, clock }) => ({
    aud: clientId,
    sub_id: { format: 'iss_sub', iss: issuer, sub: ada.sub },
    events: {
      [TOKEN_CLAIMS_CHANGE]: {
        claims: { permissions: ada.permissions?.[audience] ?? [] },
        event_timestamp: clock(),
      },
    },
  }),
  logout: ({ clientId }) => ({ aud: clientId, sid: 'sid-1', events: { [LOGOUT_EVENT]: {} } }),
};
