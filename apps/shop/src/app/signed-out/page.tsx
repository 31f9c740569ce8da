import { apps } from '@sso/domains';
import { SignedOutPage } from '@sso/site/pages';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { auth, isLogoutPostponed } from '../../auth.ts';
import { deps } from '../../deps.ts';
import { SitePage } from '../../components/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export const metadata: Metadata = { title: 'Signed out' };

export default async function ShopSignedOutPage() {
  // The page would be wrong for somebody who is signed in and followed an old link.
  if (await auth()) redirect('/');
  const { env } = deps();
  return (
    <SitePage path="/">
      <SignedOutPage
        app={apps.shop}
        mark={<Mark />}
        otherApp={apps.blog}
        otherUrl={env.BLOG_URL}
        issuer={env.ISSUER}
        isPostponed={await isLogoutPostponed()}
      />
    </SitePage>
  );
}
