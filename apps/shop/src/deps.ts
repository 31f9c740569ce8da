import { createResourceServer } from '@sso/auth/resource';
import { access, apps } from '@sso/domains';
import { type AuthStores, createAuthStores, openAtFirstUse } from '@sso/site/database';
import { eventLog } from '@sso/site/log';
import { openShopDatabase, type ShopDatabase } from './database/database.ts';
import { type Env, readEnv } from './env.ts';

/** What the shop works with in this process. */
export interface Deps {
  readonly env: Env;
  /** The shop's database, opened once; tried again where that failed. */
  readonly database: () => Promise<ShopDatabase>;
  /** What ended and what was used, in that database: sign-in and API ask the same. */
  readonly stores: AuthStores;
  readonly resource: ShopResource;
}

export type ShopResource = ReturnType<typeof createShopResource>;

/** A verified token for the shop's API. */
export type ShopToken = Awaited<ReturnType<ShopResource['authenticate']>>;

/** The verifier of bearer tokens for the shop's API: this issuer, this audience, nothing else. */
function createShopResource(env: Env, { revocations, spent }: AuthStores) {
  return createResourceServer({
    issuer: env.ISSUER,
    audience: apps.shop.audience,
    access,
    revocations,
    // The blog's pages may call it, by tokens that are bound to a key of the page (decision 0040).
    dpop: { publicUrl: env.BASE_URL, proofs: spent, nonceSecrets: env.SESSION_KEYS },
    cors: { origins: [env.BLOG_URL] },
    ...eventLog(env.EVENT_DETAILS === 'on'),
    ...(env.ISSUER_INTERNAL_URL === undefined ? {} : { internalIssuerUrl: env.ISSUER_INTERNAL_URL }),
  });
}

function createDeps(): Deps {
  const env = readEnv();
  const database = openAtFirstUse(() => openShopDatabase(env.DATABASE_FILE));
  const stores = createAuthStores(database);
  return { env, database, stores, resource: createShopResource(env, stores) };
}

// Next loads this module once for pages, once for handlers and once for the proxy: they share one.
const key = Symbol.for('@sso/shop.deps.v1');
const shared: typeof globalThis & { [key]?: Deps } = globalThis;

/** @throws Error when the environment is incomplete; see `env.ts`. */
export function deps(): Deps {
  shared[key] ??= createDeps();
  return shared[key];
}
