import { createResourceServer } from '@sso/auth/resource';
import { access, apps } from '@sso/domains';
import { type AuthStores, createAuthStores, openAtFirstUse } from '@sso/site/database';
import { eventLog } from '@sso/site/log';
import { type Env, readEnv } from './env.ts';
import { type BlogDatabase, openBlogDatabase } from './posts/database.ts';

/** What the blog works with in this process. */
export interface Deps {
  readonly env: Env;
  /** The blog's database, opened once; tried again where that failed. */
  readonly database: () => Promise<BlogDatabase>;
  /** What ended and what was used, in that database: sign-in and API ask the same. */
  readonly stores: AuthStores;
  readonly resource: BlogResource;
}

export type BlogResource = ReturnType<typeof createBlogResource>;

/** A verified token for the blog's API. */
export type BlogToken = Awaited<ReturnType<BlogResource['authenticate']>>;

/** The verifier of bearer tokens for the blog's API: this issuer, this audience, nothing else. */
function createBlogResource(env: Env, { revocations }: AuthStores) {
  return createResourceServer({
    issuer: env.ISSUER,
    audience: apps.blog.audience,
    access,
    revocations,
    ...eventLog(env.EVENT_DETAILS === 'on'),
    ...(env.ISSUER_INTERNAL_URL === undefined ? {} : { internalIssuerUrl: env.ISSUER_INTERNAL_URL }),
  });
}

function createDeps(): Deps {
  const env = readEnv();
  const database = openAtFirstUse(() => openBlogDatabase(env.DATABASE_FILE));
  const stores = createAuthStores(database);
  return { env, database, stores, resource: createBlogResource(env, stores) };
}

// Next loads this module once for pages, once for handlers and once for the proxy: they share one.
const key = Symbol.for('@sso/blog.deps.v1');
const shared: typeof globalThis & { [key]?: Deps } = globalThis;

/** @throws Error when the environment is incomplete; see `env.ts`. */
export function deps(): Deps {
  shared[key] ??= createDeps();
  return shared[key];
}
