import { notify, type Observe, systemClock } from '../foundation/index.ts';
import { createProvider, createProviderFetch } from '../provider/index.ts';
import {
  createCookieJar,
  createSealer,
  createSessionKeeper,
  defaultKeepClaims,
  defaultLifetimes,
  type Lifetimes,
  type PermissionsChange,
  reportRefreshes,
  reportRevocations,
  reportSessions,
  reportSingleUse,
  type RevocationStore,
  rowsOf,
} from '../session/index.ts';
import type { SigningAlgorithm } from '../tokens/index.ts';
import { createProcessProofs } from './dpop/process-proofs.ts';
import { type EventStreams, tell } from './events/event-streams.ts';
import type { AnyOptions } from './options.ts';
import { createProcessMemory, type ProcessMemory } from './process-memory.ts';
import { requireOptions } from './require-options.ts';
import type { Site, SiteDetails } from './site.ts';
import { createOAuthClient } from './token-endpoint/oauth-client.ts';

/** The wiring of one site. @throws AuthError `config_invalid` naming the option that is wrong. */
export function createSite(options: AnyOptions): Site {
  const base = requireOptions(options);
  const settings = withDefaults(options, base);
  const { issuer, internalIssuerUrl } = options;
  const { clock, observe, memory } = settings;
  if (base.protocol === 'http:') warnOnce(memory, observe);
  const fetch = createProviderFetch(options);
  return {
    ...settings,
    ...createStores(settings),
    ...createSessionTools(settings, base),
    provider: createProvider({ issuer, internalIssuerUrl, fetch, clock, memory, observe }),
    oauth: createOAuthClient(options, fetch, clock),
    proofs: options.dpopBoundTokens === true ? createProcessProofs(memory.dpop, clock) : undefined,
  };
}

/** The options with their defaults. */
function withDefaults(options: AnyOptions, base: URL) {
  const { issuer, clientId, audience, algorithms = ['ES256'], clock = systemClock } = options;
  // An observer only watches: an error that it throws must not break a login.
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
    accessTokenAlgorithms: findAccessTokenAlgorithms(options) ?? algorithms,
    permissionsClaim: options.permissionsClaim ?? 'permissions',
    keepClaims: options.keepClaims ?? defaultKeepClaims,
    keepIdToken: options.idTokenHintAtLogout ?? false,
    lifetimes: withDefaultLifetimes(options),
    memory: options.memory ?? createProcessMemory(clock),
    clock,
    observe,
    details: options.eventDetails === true ? createDetails(observe, { issuer, clientId }) : undefined,
  };
}

function createDetails(observe: Observe, names: Site['names']): SiteDetails {
  return { report: (report) => observe({ type: 'token.checked', ...names, ...report }) };
}

type Settings = ReturnType<typeof withDefaults>;

/** The site's own stores, with failures that name the store. */
function createStores(settings: Settings): Pick<Site, 'revocations' | 'spent' | 'refreshes'> {
  const { options, memory } = settings;
  return {
    revocations: withTelling(
      reportRevocations(options.revocations ?? memory.revocations, settings),
      memory.streams,
    ),
    spent: reportSingleUse(options.spent ?? memory.spent, settings),
    refreshes: options.refreshes && reportRefreshes(options.refreshes, settings),
  };
}

/** The tabs that hang on this process hear at once of what it revokes itself. */
function withTelling(store: RevocationStore, streams: EventStreams): RevocationStore {
  const { changePermissions } = store;
  const changes = changePermissions && {
    async changePermissions(change: PermissionsChange) {
      const isNews = await changePermissions(change);
      const { issuer, sub: subject, at } = change;
      if (isNews) tell(streams, [{ issuer, kind: 'permissions', subject, at }]);
      return isNews;
    },
  };
  return {
    ...store,
    ...changes,
    async revoke(revocation) {
      await store.revoke(revocation);
      const { issuer } = revocation;
      tell(
        streams,
        rowsOf(revocation).map((row) => ({ ...row, issuer })),
      );
    },
  };
}

type SessionTools = Pick<Site, 'jar' | 'transactionSealer' | 'sessionSealer' | 'keeper'>;

function createSessionTools(settings: Settings, base: URL): SessionTools {
  const { options, names, memory, lifetimes, clock } = settings;
  const sealing = { keys: options.sessionKeys, owner: `${names.issuer} ${names.clientId}` };
  const jar = createCookieJar(base.href, options.cookiePrefix);
  const sessionSealer = createSealer({ ...sealing, opened: memory.opened });
  const store = options.sessionStore && reportSessions(options.sessionStore, settings);
  return {
    jar,
    transactionSealer: createSealer(sealing),
    sessionSealer,
    keeper: createSessionKeeper({ sealer: sessionSealer, jar, lifetimes, clock, store }),
  };
}

/** A session in use is touched at least three times in its idle time; touched less often it would end as idle. */
function withDefaultLifetimes(options: AnyOptions): Lifetimes {
  const lifetimes = { ...defaultLifetimes, ...options.lifetimes };
  const touchSeconds = Math.min(lifetimes.touchSeconds, Math.floor(lifetimes.idleSeconds / 3));
  return { ...lifetimes, touchSeconds };
}

function findAccessTokenAlgorithms({
  access,
  audience,
}: AnyOptions): readonly SigningAlgorithm[] | undefined {
  const alg = audience === undefined ? undefined : access?.audiences[audience]?.alg;
  return alg && [alg];
}

function warnOnce({ warned }: ProcessMemory, observe: Observe): void {
  const message = 'plain http: cookies go without Secure and the __Host- prefix';
  if (warned.has(message)) return;
  warned.add(message);
  observe({ type: 'config.warned', message });
}
