import { authPaths } from '@sso/auth/wire';
import { apps } from '@sso/domains';
import { SignedOut } from '@sso/ui';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { auth } from '../../auth.ts';
import { deps } from '../../deps.ts';
import { SitePage } from '../../frame/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export const metadata: Metadata = { title: 'Signed out' };

export default async function SignedOutPage() {
  // Somebody who is signed in came by an old link: the page would say what is not so.
  if (await auth()) redirect('/');
  return (
    <SitePage path="/">
      <SignedOut
        siteTitle={apps.shop.title}
        otherTitle={apps.blog.title}
        otherHref={deps().env.BLOG_URL}
        providerTitle={apps.idp.title}
        signInHref={`${authPaths.login}?return_to=%2F`}
        mark={<Mark />}
      />
    </SitePage>
  );
}
