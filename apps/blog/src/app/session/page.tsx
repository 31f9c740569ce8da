import { access, apps } from '@sso/domains';
import { SessionReport } from '@sso/ui';
import type { Metadata } from 'next';
import { requireSession } from '../../auth.ts';
import { SitePage } from '../../frame/site-page.tsx';

export const metadata: Metadata = { title: 'Your session' };

export default async function SessionPage() {
  const session = await requireSession('/session');
  return (
    <SitePage path="/session">
      <SessionReport
        siteTitle={apps.blog.title}
        providerTitle={apps.idp.title}
        now={Math.floor(Date.now() / 1000)}
        idTokenClaims={session.idTokenClaims}
        accessTokenClaims={session.accessTokenClaims}
        permissions={access.audiences[apps.blog.audience].permissions}
        held={session.permissions}
        ends={session.times}
      />
    </SitePage>
  );
}
