import { apps } from '@sso/domains';
import { SiteDocument, siteMetadata, siteViewport } from '@sso/site/pages';
import type { ReactNode } from 'react';
import './globals.css';

export const metadata = siteMetadata(
  apps.shop,
  'Stargazing gear that earns its place in the bag: red light, charts, binoculars and warmth.',
);

export const viewport = siteViewport;

// No page shows a shell first: each says who is signed in (decision 0012).
export const instant = false;

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return <SiteDocument name="shop">{children}</SiteDocument>;
}
