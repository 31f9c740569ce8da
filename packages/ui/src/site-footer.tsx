import type { ReactNode } from 'react';
import type { HeaderLink } from './site-header.tsx';

interface SiteFooterProps {
  readonly children: ReactNode;
  readonly links: readonly HeaderLink[];
}

export function SiteFooter({ children, links }: SiteFooterProps) {
  return (
    <footer className="site-footer">
      <div className="page site-footer-inner">
        <div>{children}</div>
        <nav aria-label="Footer" className="row">
          {links.map(({ href, label }) => (
            <a key={href} href={href}>
              {label}
            </a>
          ))}
        </nav>
      </div>
    </footer>
  );
}
