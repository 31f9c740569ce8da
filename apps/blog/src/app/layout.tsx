import { apps } from '@sso/domains';
import { SiteDocument, siteMetadata, siteViewport } from '@sso/site/pages';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata = siteMetadata(
  apps.blog,
  'How to see more of the night sky: the eye, the weather, the finding, and the patience.',
);

export const viewport = siteViewport;

// No page shows a shell first: each says who is signed in (decision 0012).
export const instant = false;

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return <SiteDocument name="blog">{children}</SiteDocument>;
}
