import { loginHref } from '@sso/auth/wire';
import { type App, apps } from '@sso/domains';
import { SignedOut } from '@sso/ui';
import type { ReactNode } from 'react';

/** The provider's own page after a sign-out. */
const SIGNED_OUT_PATH = '/signed-out';

interface SignedOutPageProps {
  readonly app: App;
  readonly mark: ReactNode;
  readonly otherApp: App;
  /** The origin of the other site. */
  readonly otherUrl: string;
  readonly issuer: string;
  /** `isLogoutPostponed()` of the site's `auth.ts`. */
  readonly isPostponed: boolean;
}

/** The content of `/signed-out`, where the provider sends people after a sign-out. */
export function SignedOutPage({ app, mark, otherApp, otherUrl, issuer, isPostponed }: SignedOutPageProps) {
  return (
    <SignedOut
      siteTitle={app.title}
      otherTitle={otherApp.title}
      otherHref={otherUrl}
      providerTitle={apps.idp.title}
      toldHref={issuer + SIGNED_OUT_PATH}
      signInHref={loginHref('/')}
      isPostponed={isPostponed}
      mark={mark}
    />
  );
}
