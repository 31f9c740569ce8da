import type { SigningAlgorithm } from '@sso/auth/tokens';
import type { ClientJwks } from './client-jwks.ts';
import type { PreviousSecret } from '../store/index.ts';
import type { ClientAuthMethod, IdTokenAlg, ResponseMode } from './metadata-values.ts';

/** A relying party, as its metadata describes it (RFC 7591 §2). */
export interface Client {
  readonly clientId: string;
  /** What people read: the registered name, or the id. */
  readonly name: string;
  readonly uri: string | undefined;
  /** Its logo; browsers get it through `client-logos.ts` only. */
  readonly logoUri: string | undefined;
  /** What it says of its handling of data, and its terms of use: pages of its own. */
  readonly policyUri: string | undefined;
  readonly tosUri: string | undefined;
  /** Where it begins a login that somebody else asks for (OIDC Core §4). */
  readonly initiateLoginUri: string | undefined;
  /** SHA-256 of the client secret, base64url; undefined for a public client. */
  readonly secretHash: string | undefined;
  readonly previousSecret: PreviousSecret | undefined;
  readonly native: boolean;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly backchannelLogoutUri: string | undefined;
  /** Where it hears that somebody's permissions have changed (RFC 8935 §2). */
  readonly securityEventUri: string | undefined;
  readonly grantTypes: readonly string[];
  /** How authorization responses may travel (ASVS 10.4.12); metadata without a mode allow both. */
  readonly responseModes: readonly ResponseMode[];
  /** How it may authenticate; metadata without a method allow either form of its secret. */
  readonly authMethods: readonly ClientAuthMethod[];
  /** The public keys of `private_key_jwt`, registered or fetched from an address of the client. */
  readonly jwks: ClientJwks | undefined;
  readonly jwksUri: string | undefined;
  /** What its assertions may be signed with. */
  readonly assertionAlgs: readonly SigningAlgorithm[];
  readonly idTokenAlg: IdTokenAlg;
  /** Of a client with pairwise subjects: it knows people by names that only its sector shares (OIDC Core §8.1). */
  readonly sector: string | undefined;
  readonly scope: readonly string[];
  readonly requirePkce: boolean;
  /** Whether it sends a browser only with a request that it pushed before (RFC 9126 §6). */
  readonly requirePushedRequests: boolean;
  /** Whether it gets no token without the proof of a key (RFC 9449 §5.2). */
  readonly dpopBound: boolean;
  readonly firstParty: boolean;
  /** Registered by RFC 7591, so that the operator has not checked its addresses; see `client-fetch.ts`. */
  readonly dynamicallyRegistered: boolean;
  /** In seconds: answers that people gave until then count for what they got by them, and are asked for again. */
  readonly consentsSince: number | undefined;
  /** The audiences it may have tokens for (RFC 8707). */
  readonly resources: readonly string[];
  /** The audiences it stands for: it is their API, and no other client is. */
  readonly audiences: readonly string[];
  readonly permissions: readonly string[];
}
