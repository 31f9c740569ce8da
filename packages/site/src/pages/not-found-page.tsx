import { type PageLink, MessagePage } from '@sso/ui';
import type { ReactNode } from 'react';

interface NotFoundPageProps {
  readonly title: string;
  readonly mark: ReactNode;
  readonly actions: readonly PageLink[];
  /** One sentence or two in the voice of the site. */
  readonly children: ReactNode;
}

/** The content of `not-found.tsx`. */
export function NotFoundPage({ children, ...page }: NotFoundPageProps) {
  return (
    <MessagePage eyebrow="404" {...page}>
      <p>{children}</p>
    </MessagePage>
  );
}
