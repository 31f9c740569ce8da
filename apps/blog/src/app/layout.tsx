import { apps } from '@sso/domains';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';

const { title, tagline } = apps.blog;

export const metadata: Metadata = {
  title: { default: `${title}: ${tagline.toLowerCase()}`, template: `%s · ${title}` },
  description: 'How to see more of the night sky: the eye, the weather, the finding, and the patience.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f4' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0f16' },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" data-site="blog">
      <body>{children}</body>
    </html>
  );
}
