import type { SessionView } from '@sso/auth/session';
import { access, apps, type RelyingParty } from '@sso/domains';
import { SessionReport } from '@sso/ui';

interface SessionPageProps {
  readonly app: RelyingParty;
  /** Epoch seconds at which the page is made. */
  readonly now: number;
  readonly session: Pick<SessionView, 'idTokenClaims' | 'accessTokenClaims' | 'permissions' | 'times'>;
}

/** The content of `/session`. The site's page requires the session before it shows this. */
export function SessionPage({ app, now, session }: SessionPageProps) {
  return (
    <SessionReport
      siteTitle={app.title}
      providerTitle={apps.idp.title}
      now={now}
      idTokenClaims={session.idTokenClaims}
      accessTokenClaims={session.accessTokenClaims}
      permissions={access.audiences[app.audience].permissions}
      held={session.permissions}
      ends={session.times}
    />
  );
}
