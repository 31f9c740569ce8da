import type { AccessContract } from '../access/index.ts';
import type { Clock, Observe } from '../foundation/index.ts';
import type {
  Lifetimes,
  RefreshStore,
  RevocationStore,
  SessionStore,
  SingleUseStore,
} from '../session/index.ts';
import type { SigningAlgorithm, SigningKey } from '../tokens/index.ts';
import type { Failure } from './http/failure.ts';
import type { ProcessMemory } from './process-memory.ts';

/** Options of any access contract: the rooms below don't depend on which permissions there are. */
export type AnyOptions = RelyingPartyOptions<AccessContract, string>;

/** How one site signs people in. Validated when the relying party is created. */
export interface RelyingPartyOptions<C extends AccessContract, A extends keyof C['audiences'] & string> {
  /** The provider's issuer identifier, compared character by character (OIDC Discovery §4.3). https, or http on loopback. */
  readonly issuer: string;
  /** As the provider registered it (RFC 6749 §2.2); also what ID and logout tokens must be for. */
  readonly clientId: string;
  /** Without one, and without `clientKey`, the client is public and relies on PKCE alone. */
  readonly clientSecret?: string;
  /** How the secret is sent (OIDC Core §9). Default `client_secret_basic`. */
  readonly clientSecretMethod?: 'client_secret_basic' | 'client_secret_post';
  /** Proves the client by `private_key_jwt` (RFC 7523) in place of a secret: `await importSigningKey(jwk)`. */
  readonly clientKey?: SigningKey;
  /** This site's public address. `redirect_uri` and every absolute address derive from it, never from a request. */
  readonly baseUrl: string;
  /** This site's own API (RFC 8707 `resource`): pages decide by the permissions of its access token. Without it none is asked for and the access token is kept unread. */
  readonly audience?: A;
  /** The access contract; types permissions and audiences. */
  readonly access?: C;
  /** 32 random bytes each, base64url. The first seals, all open: a new one goes behind first, and in front once every process has it. */
  readonly sessionKeys: readonly string[];
  /** Stands before each cookie's name, behind `__Host-`: for several sites on one host, e.g. `shop-`. Default: nothing. */
  readonly cookiePrefix?: string;
  /** Default `openid profile email`. */
  readonly scope?: string;
  /** More parameters of the authorization request, e.g. `{ organization: 'acme' }`. None that this package sets itself. */
  readonly authorizationParameters?: Readonly<Record<string, string>>;
  /** Asks the provider once, by a top-level `prompt=none` redirect, who a first-time visitor is. Default `false`. */
  readonly silentSignIn?: boolean;
  /** Called in place of `issuer` for server calls; tokens are still compared with `issuer`. The client secret goes there: plain http only inside a network you trust. */
  readonly internalIssuerUrl?: string;
  /** Signature algorithms this site accepts, asymmetric only. Default `['ES256']`. */
  readonly algorithms?: readonly SigningAlgorithm[];
  /** The access token's claim that lists permissions. Default `permissions`. */
  readonly permissionsClaim?: string;
  /**
   * Display claims to keep beside who, how and when. Each makes the cookie larger. They come from the ID token; where
   * it has none of them and no `audience` is asked for, from the provider's userinfo endpoint (OIDC Core §5.4).
   */
  readonly keepClaims?: readonly string[];
  /** Keeps the ID token and sends it as `id_token_hint` at sign-out, for providers that insist. It enlarges the session, and stands in an address. Default `false`. */
  readonly idTokenHintAtLogout?: boolean;
  /** Where people land after signing out. A path of this site; default `/`. */
  readonly signedOutPath?: string;
  /** A path of this site that explains failed logins; gets `?code=`. Without it a plain built-in page answers. */
  readonly errorPath?: string;
  /** The HTML of a failed login in the site's own looks; keeps the right status, unlike `errorPath`. Escape what you insert. */
  readonly failurePage?: (failure: Failure) => string;
  /** Whole seconds; see `Lifetimes` for each and its default. */
  readonly lifetimes?: Partial<Lifetimes>;
  /** Ended sessions. Default: this process's memory, which other processes and a restart do not see. */
  readonly revocations?: RevocationStore;
  /** Answered logins and logout tokens, each good for once. Default: this process's memory; a copy works once more elsewhere. */
  readonly spent?: SingleUseStore;
  /**
   * Results of refreshes, for the site's other processes. Default: each process refreshes for itself, which needs a
   * provider that answers a second use of a refresh token like the first for some seconds. Needs a shared `spent`.
   */
  readonly refreshes?: RefreshStore;
  /** Sessions outside the cookie. Default: sealed into the cookie. */
  readonly sessionStore?: SessionStore;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  /** Integer seconds since the epoch. Default: the system's. */
  readonly clock?: Clock;
  /** Gets every decision as a typed event without secrets, synchronously; what it throws is ignored. */
  readonly observe?: Observe;
  /** Caches and single flights. Default: its own; adapters whose module loads several times share one. */
  readonly memory?: ProcessMemory;
}
