import { createResourceServer } from '@sso/auth/resource';
import { access, apps } from '@sso/domains';
import { logEvent } from '@sso/site/log';
import { type Env, readEnv } from './env.ts';
import { type BlogDatabase, openBlogDatabase } from './posts/database.ts';

/** What the blog works with in this process. */
export interface Deps {
  readonly env: Env;
  /** The blog's database, opened once. */
  readonly database: () => Promise<BlogDatabase>;
  readonly resource: BlogResource;
}

export type BlogResource = ReturnType<typeof createBlogResource>;

/** The verifier of bearer tokens for the blog's API: this issuer, this audience, nothing else. */
function createBlogResource(env: Env) {
  return createResourceServer({
    issuer: env.ISSUER,
    audience: apps.blog.audience,
    access,
    observe: logEvent,
    ...(env.ISSUER_INTERNAL_URL === undefined ? {} : { internalIssuerUrl: env.ISSUER_INTERNAL_URL }),
  });
}

function createDeps(): Deps {
  const env = readEnv();
  let opening: Promise<BlogDatabase> | undefined;
  return {
    env,
    resource: createBlogResource(env),
    database: () => (opening ??= openBlogDatabase(env.DATABASE_FILE)),
  };
}

// Next loads this module once for pages, once for handlers and once for the proxy: they share one.
const key = Symbol.for('@sso/blog.deps.v1');
const shared: typeof globalThis & { [key]?: Deps } = globalThis;

/** @throws Error when the environment is incomplete; see `env.ts`. */
export function deps(): Deps {
  shared[key] ??= createDeps();
  return shared[key];
}
