import type { Access } from '@sso/auth/access';
import { createOwnTokens } from './access/own-tokens.ts';
import { emptyAccess, parseAccess } from './access/access-file.ts';
import { createClientFetch } from './clients/client-fetch.ts';
import { createClientKeys } from './clients/client-keys.ts';
import { type ClientRegistry, createClientRegistry, parseClients } from './clients/registry.ts';
import type { Env } from './env.ts';
import type { ObserveProvider } from './events.ts';
import { readJsonFile } from './files.ts';
import { createHeldRequests } from './held-requests.ts';
import { createCookies } from './http/cookies.ts';
import { createPasswordHasher, type PasswordHasher } from './identity/passwords.ts';
import { createPeople } from './identity/people.ts';
import { importPeople, parsePeople } from './identity/people-file.ts';
import { createSignOn } from './identity/sign-on.ts';
import { openKeyRing } from './keys/ring.ts';
import { publishSeconds } from './lifetimes.ts';
import type { Provider } from './provider.ts';
import { openStore, type Store } from './store/index.ts';
import { createThrottle } from './throttle/index.ts';

interface World {
  readonly clock: () => number;
  readonly observe: ObserveProvider;
}

/** Reads the files, opens the database and puts the rooms together. The only place where they all meet. */
export async function openProvider(env: Env, world: World): Promise<Provider> {
  const { clients, access } = await readConfiguration(env);
  const entries = env.usersFile ? await readJsonFile('USERS_FILE', env.usersFile, parsePeople) : [];
  const store = await openStore(env.databaseUrl);
  try {
    const passwords = createPasswordHasher();
    await importPeople(entries, { store, passwords, now: world.clock() });
    return await assemble(env, world, { clients, access, store, passwords });
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Parts {
  readonly clients: ClientRegistry;
  readonly access: Access;
  readonly store: Store;
  readonly passwords: PasswordHasher;
}

async function assemble(env: Env, { clock, observe }: World, parts: Parts): Promise<Provider> {
  const { issuer, serviceName, lifetimes, trustedProxies } = env;
  const { store, passwords, access } = parts;
  const cookies = createCookies(issuer);
  const keys = await openKeyRing({ store, clock, publishSeconds: publishSeconds(lifetimes) });
  return {
    issuer,
    serviceName,
    lifetimes,
    clock,
    observe,
    store,
    cookies,
    trustedProxies,
    clients: parts.clients,
    clientKeys: createClientKeys({ fetch: createClientFetch(env.outboundHosts), clock }),
    access,
    ownTokens: createOwnTokens({ issuer, access, keys: keys.verificationKeys, clock }),
    keys,
    people: createPeople({ store, passwords, clock }),
    throttle: createThrottle({ store, clock, limits: env.limits }),
    signOn: createSignOn({ store, clock, signOnSeconds: lifetimes.signOnSeconds }),
    held: createHeldRequests({ store, cookies, clock, interactionSeconds: lifetimes.interactionSeconds }),
  };
}

async function readConfiguration(env: Env): Promise<Pick<Parts, 'clients' | 'access'>> {
  const access = env.accessFile
    ? await readJsonFile('ACCESS_FILE', env.accessFile, parseAccess)
    : emptyAccess;
  const clients = env.clientsFile ? await readJsonFile('CLIENTS_FILE', env.clientsFile, parseClients) : [];
  return { access, clients: createClientRegistry(clients) };
}
