import { createNextAuth } from '@sso/auth/next';
import { access, apps } from '@sso/domains';
import { deps } from './deps.ts';
import { failurePage } from './frame/failure-page.ts';
import { logEvent } from './log.ts';
import { createStores } from './posts/stores.ts';

/** The blog's one wiring of sign-in, sessions and calls to other sites. */
export const { handlers, auth, requireSession, requirePermission, apiFetch, proxy } = createNextAuth(() => {
  const { env, database } = deps();
  return {
    issuer: env.ISSUER,
    ...(env.ISSUER_INTERNAL_URL === undefined ? {} : { internalIssuerUrl: env.ISSUER_INTERNAL_URL }),
    clientId: env.CLIENT_ID,
    clientSecret: env.CLIENT_SECRET,
    baseUrl: env.BASE_URL,
    sessionKeys: env.SESSION_KEYS,
    audience: apps.blog.audience,
    access,
    silentSignIn: true,
    signedOutPath: '/signed-out',
    ...createStores(database),
    failurePage,
    observe: logEvent,
  };
});
