import { type AccessContract } from '../access/index.ts';
import { type Clock, notify, type Observe, systemClock } from '../foundation/index.ts';
import {
  type CookieJar,
  createCookieJar,
  createSealer,
  createSessionKeeper,
  defaultKeepClaims,
  defaultLifetimes,
  type Lifetimes,
  type RefreshStore,
  type RevocationStore,
  type Sealer,
  type SessionKeeper,
  type SpentStore,
} from '../session/index.ts';
import type { SigningAlgorithm } from '../tokens/index.ts';
import { createDial } from './dial.ts';
import { createProcessMemory, type ProcessMemory } from './memory.ts';
import { createOAuthClient, type OAuthClient } from './oauth-client.ts';
import type { RelyingPartyOptions } from './options.ts';
import { createProvider, type Provider } from './provider.ts';
import { reportRefreshes, reportRevocations, reportSessions, reportSpent } from './reported-stores.ts';
import { requireOptions } from './require-options.ts';

/** Options of any contract: the legs of the protocol don't care which permissions there are. */
export type AnyOptions = RelyingPartyOptions<AccessContract, string>;

/** One site as the legs of the protocol see it: options with their defaults, and the tools made from them. */
export interface Site {
  readonly options: AnyOptions;
  readonly issuer: string;
  readonly baseUrl: string;
  /** The base URL's path without a trailing slash: empty, or `/shop`. */
  readonly basePath: string;
  readonly audience: string | undefined;
  readonly scope: string;
  /** Of ID and logout tokens. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** Of access tokens for this site's own API: what the contract says of the audience, else the same. */
  readonly accessTokenAlgorithms: readonly SigningAlgorithm[];
  readonly permissionsClaim: string;
  readonly keepClaims: readonly string[];
  readonly lifetimes: Lifetimes;
  readonly jar: CookieJar;
  readonly sealer: Sealer;
  readonly keeper: SessionKeeper;
  readonly memory: ProcessMemory;
  readonly revocations: RevocationStore;
  readonly spent: SpentStore;
  /** `undefined` where each process refreshes for itself. */
  readonly refreshes: RefreshStore | undefined;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly observe: Observe;
  /** What every event of this site carries. */
  readonly names: { readonly issuer: string; readonly clientId: string };
  readonly oauth: OAuthClient;
}

/** @throws AuthError `config_invalid` naming the option that is wrong. */
export function createSite(options: AnyOptions): Site {
  const base = requireOptions(options);
  const named = withDefaults(options, base);
  const { clock, observe, memory } = named;
  if (base.protocol === 'http:') warnOnce(memory, observe);
  const dial = createDial(options);
  return {
    ...named,
    ...createStores(named),
    ...createKeeping(named, base),
    provider: createProvider({ ...named, internalIssuerUrl: options.internalIssuerUrl, dial }),
    oauth: createOAuthClient(options, dial, clock),
  };
}

/** The options with what is meant where they are silent. */
function withDefaults(options: AnyOptions, base: URL) {
  const { issuer, clientId, audience, algorithms = ['ES256'], clock = systemClock } = options;
  // Watching decides nothing: what an observer throws must not break a login.
  const observe: Observe = (event) => notify(options.observe, event);
  const basePath = base.pathname.replace(/\/$/, '');
  return {
    options,
    issuer,
    names: { issuer, clientId },
    baseUrl: base.origin + basePath,
    basePath,
    audience,
    scope: options.scope ?? 'openid profile email',
    algorithms,
    accessTokenAlgorithms: accessTokenAlgorithmsOf(options) ?? algorithms,
    permissionsClaim: options.permissionsClaim ?? 'permissions',
    keepClaims: options.keepClaims ?? defaultKeepClaims,
    lifetimes: lifetimesOf(options),
    memory: options.memory ?? createProcessMemory(clock),
    clock,
    observe,
  };
}

type Named = ReturnType<typeof withDefaults>;

/** The site's own stores, each named when it fails. */
function createStores(named: Named): Pick<Site, 'revocations' | 'spent' | 'refreshes'> {
  const { options, memory } = named;
  return {
    revocations: reportRevocations(options.revocations ?? memory.revocations, named),
    spent: reportSpent(options.spent ?? memory.spent, named),
    refreshes: options.refreshes && reportRefreshes(options.refreshes, named),
  };
}

/** What seals and keeps sessions. */
function createKeeping(named: Named, base: URL): Pick<Site, 'jar' | 'sealer' | 'keeper'> {
  const { options, names, memory, lifetimes, clock } = named;
  const seals = { keys: options.sessionKeys, owner: `${names.issuer} ${names.clientId}` };
  const jar = createCookieJar(base.href, options.cookiePrefix);
  const sealer = createSealer({ ...seals, opened: memory.opened });
  const store = options.sessionStore && reportSessions(options.sessionStore, named);
  return {
    jar,
    sealer: createSealer(seals),
    keeper: createSessionKeeper({ sealer, jar, lifetimes, clock, store }),
  };
}

/** Touched too seldom, a session in use would be idle. */
function lifetimesOf(options: AnyOptions): Lifetimes {
  const lifetimes = { ...defaultLifetimes, ...options.lifetimes };
  const touchSeconds = Math.min(lifetimes.touchSeconds, Math.floor(lifetimes.idleSeconds / 3));
  return { ...lifetimes, touchSeconds };
}

function accessTokenAlgorithmsOf({ access, audience }: AnyOptions): readonly SigningAlgorithm[] | undefined {
  const alg = audience === undefined ? undefined : access?.audiences[audience]?.alg;
  return alg && [alg];
}

function warnOnce({ warned }: ProcessMemory, observe: Observe): void {
  const message = 'plain http: cookies go without Secure and the __Host- prefix';
  if (warned.has(message)) return;
  warned.add(message);
  observe({ type: 'config.warned', message });
}
