import type { ReactNode } from 'react';

interface SiteDocumentProps {
  /** The site's name in the list of apps: `tokens.css` has its colours. */
  readonly name: 'shop' | 'blog';
  readonly children: ReactNode;
}

export function SiteDocument({ name, children }: SiteDocumentProps) {
  return (
    <html lang="en" data-site={name}>
      <body>{children}</body>
    </html>
  );
}
