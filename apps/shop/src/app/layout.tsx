import { apps } from '@sso/domains';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

const { title, tagline } = apps.shop;

export const metadata: Metadata = {
  title: { default: `${title}: ${tagline.toLowerCase()}`, template: `%s · ${title}` },
  description: 'Stargazing gear that earns its place in the bag: red light, charts, binoculars and warmth.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0f16' },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" data-site="shop">
      <body>{children}</body>
    </html>
  );
}
