import { createNextAuth } from '@sso/auth/next';
import { access, apps } from '@sso/domains';
import { createFailurePage } from '@sso/site/http';
import { eventLog } from '@sso/site/log';
import { forbidden } from 'next/navigation';
import { deps } from './deps.ts';

/** The blog's one wiring of sign-in, sessions and calls to other sites. */
export const {
  handlers,
  action,
  auth,
  isLogoutPostponed,
  requireSession,
  requirePermission,
  apiFetch,
  tokenFor,
  createProxy,
} = createNextAuth(
  () => {
    const { env, stores } = deps();
    return {
      issuer: env.ISSUER,
      ...(env.ISSUER_INTERNAL_URL === undefined ? {} : { internalIssuerUrl: env.ISSUER_INTERNAL_URL }),
      clientId: env.CLIENT_ID,
      clientSecret: env.CLIENT_SECRET,
      baseUrl: env.BASE_URL,
      sessionKeys: env.SESSION_KEYS,
      audience: apps.blog.audience,
      access,
      browserAudiences: [apps.shop.audience],
      silentSignIn: true,
      signedOutPath: '/signed-out',
      ...stores,
      failurePage: createFailurePage(apps.blog),
      ...eventLog(env.EVENT_DETAILS === 'on'),
    };
  },
  { forbidden },
);
