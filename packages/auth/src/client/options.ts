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

/** The options whatever the access contract is. Code that doesn't depend on particular permissions takes these. */
export type AnyOptions = RelyingPartyOptions<AccessContract, string>;

/** How one site signs people in. Validated when the relying party is created. */
export interface RelyingPartyOptions<C extends AccessContract, A extends keyof C['audiences'] & string> {
  /** The provider's issuer identifier, compared character by character (OIDC Discovery §4.3). https, or http on loopback. */
  readonly issuer: string;
  /** The client identifier that the provider registered (RFC 6749 §2.2). It must be the audience of ID and logout tokens. */
  readonly clientId: string;
  /** Without one, and without `clientKey`, the client is public and relies on PKCE alone. */
  readonly clientSecret?: string;
  /** How the secret is sent (OIDC Core §9). Default `client_secret_basic`. */
  readonly clientSecretMethod?: 'client_secret_basic' | 'client_secret_post';
  /** Proves the client by `private_key_jwt` (RFC 7523) in place of a secret: `await importSigningKey(jwk)`. */
  readonly clientKey?: SigningKey;
  /** This site's public address. `redirect_uri` and every absolute address derive from it, never from a request. */
  readonly baseUrl: string;
  /** This site's own API (RFC 8707 `resource`): pages decide by the permissions of its access token. Without it no audience is requested, and the access token is stored unread. */
  readonly audience?: A;
  /** The access contract; types permissions and audiences. */
  readonly access?: C;
  /** 32 random bytes each, base64url. The first seals, all open. To rotate, append a new one, and move it to the front once every process has it. */
  readonly sessionKeys: readonly string[];
  /** Part of each cookie's name, after `__Host-`: for several sites on one host, e.g. `shop-`. Default: empty. */
  readonly cookiePrefix?: string;
  /**
   * The APIs of other sites that this site's own pages may call directly, with a token bound to a key of the browser (RFC
   * 9449): the page gets such a token for minutes and one of these audiences. This is the one way for a token to reach a
   * page; list only what pages really call, and let that API demand DPoP. Default: none.
   */
  readonly browserAudiences?: readonly string[];
  /**
   * Whether the client is registered with `dpop_bound_access_tokens` (RFC 9449 §5.2): its tokens are then bound to a key that each
   * process makes for itself, and `apiFetch` proves it. A confidential client only: its refresh tokens are bound to the
   * client, so any process renews a session. The session's own token, which `apiFetch` sends for `null`, works at the
   * process that got it. Default `false`.
   */
  readonly dpopBoundTokens?: boolean;
  /** Default `openid profile email`. */
  readonly scope?: string;
  /**
   * Who else may stand in `aud` of ID and logout tokens beside `clientId`: a provider that names its project or resource
   * there (OIDC Core §3.1.3.7). `azp` must then be this client. Whoever is named can use such a token as its own, so name
   * only what you run or trust. Default: nobody.
   */
  readonly trustedAudiences?: readonly string[];
  /** Extra parameters of the authorization request, e.g. `{ organization: 'acme' }`. A parameter that this package sets itself is refused. */
  readonly authorizationParameters?: Readonly<Record<string, string>>;
  /** Whether a first-time visitor is signed in silently, by one top-level redirect with `prompt=none`. Default `false`. */
  readonly silentSignIn?: boolean;
  /** The address that replaces `issuer` in server calls (containers, private networks); tokens are still compared with `issuer`. The client secret is sent there, so use plain http only inside a network you trust. */
  readonly internalIssuerUrl?: string;
  /** Signature algorithms this site accepts, asymmetric only. Default `['ES256']`. */
  readonly algorithms?: readonly SigningAlgorithm[];
  /** The access token's claim that lists permissions. Default `permissions`. */
  readonly permissionsClaim?: string;
  /**
   * Display claims that the session keeps beside those that say who signed in, how and when. Each makes the cookie larger.
   * They come from the ID token. Where it has none of them, and there is no `audience`, they come from the userinfo endpoint
   * (OIDC Core §5.4).
   */
  readonly keepClaims?: readonly string[];
  /** Keeps the ID token and sends it as `id_token_hint` at sign-out, for providers that require it. It makes the session larger and appears in a URL. Default `false`. */
  readonly idTokenHintAtLogout?: boolean;
  /** The path of this site that people see after signing out. Default `/`. */
  readonly signedOutPath?: string;
  /** The path of this site that explains a failed login, with `?code=` added. Default: a plain built-in page. */
  readonly errorPath?: string;
  /** Renders the HTML of a failed login in the site's own design. The response keeps its error status, unlike with `errorPath`. Escape what you insert. */
  readonly failurePage?: (failure: Failure) => string;
  /** Whole seconds; see `Lifetimes` for each and its default. */
  readonly lifetimes?: Partial<Lifetimes>;
  /** Which sessions were ended. Default: this process's memory, which other processes don't see and a restart empties. */
  readonly revocations?: RevocationStore;
  /** Logins and logout tokens that were consumed. Default: this process's memory, so a copy works once more at another process. */
  readonly spent?: SingleUseStore;
  /**
   * Results of refreshes, for the site's other processes; needs a shared `spent` as well. Default: each process refreshes for
   * itself, which needs a provider that answers a second use of a refresh token like the first for some seconds.
   */
  readonly refreshes?: RefreshStore;
  /** Sessions outside the cookie. Default: sealed into the cookie. */
  readonly sessionStore?: SessionStore;
  /**
   * Whether open tabs hold an event stream (`GET /auth/events`) and so change by themselves when their session is ended
   * elsewhere. `false` for a runtime that can't hold connections: a tab then asks when it comes into view. Default `true`.
   */
  readonly eventStream?: boolean;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  /** Integer seconds since the epoch. Default: the system's. */
  readonly clock?: Clock;
  /** Gets every decision as a typed event without secrets, synchronously; what it throws is ignored. */
  readonly observe?: Observe;
  /**
   * Whether `observe` also hears what was compared: the checks of each token with both values, identifiers, permissions and
   * times of its claims, names and attributes of cookies. For development: a log then says far more of each request, still
   * without a secret. Default `false`.
   */
  readonly eventDetails?: boolean;
  /** Caches, and calls that are under way. Default: a memory of its own. Adapters whose module is loaded several times share one. */
  readonly memory?: ProcessMemory;
}
