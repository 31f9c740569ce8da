import { apps } from '@sso/domains';
import { SessionPage } from '@sso/site/pages';
import type { Metadata } from 'next';
import { requireSession } from '../../auth.ts';
import { SitePage } from '../../components/site-page.tsx';

export const metadata: Metadata = { title: 'Your session' };

export default async function BlogSessionPage() {
  const session = await requireSession('/session');
  return (
    <SitePage path="/session">
      <SessionPage app={apps.blog} now={Math.floor(Date.now() / 1000)} session={session} />
    </SitePage>
  );
}
