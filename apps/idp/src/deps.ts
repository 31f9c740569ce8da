import { setTimeout } from 'node:timers/promises';
import { openLiveRoles } from './access/live-roles.ts';
import { createAccessTokens } from './access/access-tokens.ts';
import { createClientFetch } from './clients/client-fetch.ts';
import { createClientLogos, LOGO_LIMITS } from './clients/client-logos.ts';
import { createClientKeys } from './clients/client-keys.ts';
import { createPrivateHostRule } from './clients/private-hosts.ts';
import { openClientDirectory } from './clients/client-directory.ts';
import { createDynamicRegistration } from './clients/dynamic-registration.ts';
import { openSubjectIdentifiers } from './clients/subject-identifiers.ts';
import { refuseSharedSubjects } from './clients/subject-collisions.ts';
import { type Configuration, readAccessFile, readConfiguration } from './configuration/configuration.ts';
import type { Env } from './env.ts';
import type { ObserveProvider } from './events/provider-event.ts';
import { createInteractions } from './interaction/interactions.ts';
import { createWaitingBudgets } from './interaction/waiting-budgets.ts';
import { createCookies } from './http/cookies.ts';
import { createPasswordHasher, type PasswordHasher } from './identity/password-hasher.ts';
import { openAuditNames } from './identity/audit-names.ts';
import { createPeople } from './identity/people.ts';
import { importPeople } from './identity/people-file.ts';
import { createSignOnSessions } from './identity/sign-on-sessions.ts';
import { chooseEncryptionKeys } from './keys/encryption-keys.ts';
import { openKeyRing } from './keys/key-ring.ts';
import type { KeySealer } from './keys/key-sealer.ts';
import { openKeySealer } from './keys/open-sealer.ts';
import type { KeyMaker } from './keys/sealed-keys.ts';
import { keyTimes } from './foundation/lifetimes.ts';
import { createOutbox } from './outbox/outbox.ts';
import { CALL_SECONDS } from './outbox/retry-times.ts';
import type { Provider, ProviderDpop } from './provider.ts';
import { randomId } from './foundation/secrets.ts';
import { createDpopNonces, createDpopProofKeys } from '@sso/auth/tokens';
import { openStore, type Store } from './store/index.ts';
import { createClientThrottle, createThrottle } from './throttle/index.ts';

interface World extends Pick<KeyMaker, 'generateKey'> {
  readonly clock: () => number;
  /** Resolves after so many milliseconds. Default: a timer. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  readonly observe: ObserveProvider;
}

/** Reads the files, opens the database and puts the rooms together. The only place where they all meet. */
export async function openProvider(env: Env, world: World): Promise<Provider> {
  const keySource = chooseEncryptionKeys(env);
  const configuration = await readConfiguration(env);
  const warn = (message: string) => world.observe({ type: 'config.warned', message });
  for (const message of configuration.warnings) warn(message);
  const store = await openStore(env.databaseUrl, warn);
  try {
    await refuseSharedSubjects(store, configuration.clients, configuration.people);
    const passwords = createPasswordHasher();
    await importPeople(configuration.people, { store, passwords, now: world.clock() });
    const sealer = await openKeySealer(keySource, { ...world, store, warn });
    return await assemble(env, world, { configuration, store, passwords, sealer });
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** One secret for all nodes, so that each takes the nonces of the others. */
async function openDpop({
  issuer,
  store,
  clock,
}: Pick<Provider, 'issuer' | 'store' | 'clock'>): Promise<ProviderDpop> {
  const nonceSecret = await store.findOrAddSecret('dpop-nonce', randomId(32));
  const nonces = createDpopNonces({ secrets: [nonceSecret], server: issuer, clock });
  return { nonceSecret, nonces, keys: createDpopProofKeys(clock) };
}

interface Parts {
  readonly configuration: Configuration;
  readonly store: Store;
  readonly passwords: PasswordHasher;
  readonly sealer: KeySealer;
}

async function assemble(env: Env, world: World, parts: Parts): Promise<Provider> {
  const { clock, observe, generateKey, pause = setTimeout } = world;
  const { issuer, serviceName, lifetimes, trustedProxies } = env;
  const { store, passwords, sealer } = parts;
  const { access: accessAtStart, clients: fileClients } = parts.configuration;
  const readAccess = () => readAccessFile(env);
  const warn = (message: string) => observe({ type: 'config.warned', message });
  const roles = openLiveRoles({ access: accessAtStart, readAccess, store, warn });
  const { access } = roles;
  const subjectFor = await openSubjectIdentifiers(store);
  const cookies = createCookies(issuer);
  const dpop = await openDpop({ issuer, store, clock });
  const waitingBudgets = createWaitingBudgets(env.waitingRequestsPerNetwork);
  const mayBePrivate = createPrivateHostRule({ issuer, listedHosts: env.outboundHosts });
  const times = keyTimes(lifetimes, env.keyRotationDays);
  const keys = await openKeyRing({ store, sealer, generateKey, clock, observe, ...times });
  const clients = await openClientDirectory({ issuer, fileClients, store, observe });
  return {
    issuer,
    serviceName,
    lifetimes,
    clock,
    pause,
    observe,
    store,
    cookies,
    dpop,
    waitingBudgets,
    trustedProxies,
    clients,
    clientKeys: createClientKeys({ fetch: createClientFetch(mayBePrivate), clock }),
    clientLogos: createClientLogos({ fetch: createClientFetch(mayBePrivate, LOGO_LIMITS), clock, observe }),
    dynamicRegistration: createDynamicRegistration({
      tokens: env.initialAccessTokens,
      mayBePrivate,
      fetch: createClientFetch(mayBePrivate)({ dynamicallyRegistered: true }),
      store,
      clock,
    }),
    subjectFor,
    access,
    roles,
    accessTokens: createAccessTokens({ issuer, access, keys: keys.verificationKeys, clock }),
    keys,
    auditNameOf: await openAuditNames(store),
    outbox: createOutbox({
      issuer,
      store,
      clients,
      keys,
      roles,
      subjectFor,
      clock,
      observe,
      fetch: createClientFetch(mayBePrivate, {
        timeoutSeconds: CALL_SECONDS,
        statusOnly: true,
        keepsConnections: true,
      }),
    }),
    people: createPeople({ store, passwords }),
    throttle: createThrottle({ store, clock, limits: env.limits }),
    clientThrottle: createClientThrottle({ store, clock }),
    signOn: createSignOnSessions({ store, clock, signOnSeconds: lifetimes.signOnSeconds }),
    interactions: createInteractions({
      issuer,
      store,
      clients,
      cookies,
      clock,
      interactionSeconds: lifetimes.interactionSeconds,
      codeSeconds: lifetimes.codeSeconds,
      budgets: waitingBudgets,
    }),
  };
}
