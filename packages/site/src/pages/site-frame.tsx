import { SessionProvider } from '@sso/auth/react';
import type { SessionView } from '@sso/auth/session';
import { authPaths, loginHref } from '@sso/auth/wire';
import type { App } from '@sso/domains';
import { type HeaderLink, SiteFooter, SiteHeader } from '@sso/ui';
import type { ReactNode } from 'react';
import { FollowPermissions } from './follow-permissions.tsx';

interface SiteFrameProps {
  readonly app: App;
  readonly mark: ReactNode;
  /** The session of this request; undefined when nobody is signed in. */
  readonly session: Pick<SessionView, 'user' | 'toPublic'> | undefined;
  /** The page's own path: where signing in leads back to. */
  readonly path: string;
  /** Pages of this site and the other site's front page, for header and footer. */
  readonly links: readonly HeaderLink[];
  /** What the footer says about the site. */
  readonly about: ReactNode;
  readonly children: ReactNode;
}

/**
 * Header, main part and footer of a page. Pages bring it along and layouts do not: Next keeps a layout across
 * navigations, so its header would go on greeting somebody who has signed out meanwhile.
 */
export function SiteFrame({ app, mark, session, path, links, about, children }: SiteFrameProps) {
  return (
    <SessionProvider initial={session?.toPublic()}>
      <FollowPermissions />
      <SiteHeader
        title={app.title}
        homeHref="/"
        mark={mark}
        links={links}
        person={session && (session.user.name ?? 'Signed in')}
        sessionHref="/session"
        signInHref={loginHref(path)}
        signOutAction={authPaths.logout}
      />
      <main id="main">{children}</main>
      <SiteFooter links={[{ href: '/session', label: 'Your session' }, ...links]}>
        <p>{about}</p>
      </SiteFooter>
    </SessionProvider>
  );
}
