import { type PageLink, MessagePage } from '@sso/ui';
import type { ReactNode } from 'react';

interface ForbiddenPageProps {
  readonly title: string;
  readonly mark: ReactNode;
  readonly homeLink: PageLink;
  /** The permission that the page asks for. */
  readonly permission: string;
  /** The role that brings it. */
  readonly roleName: string;
}

/** The content of `forbidden.tsx`: what is missing, and how one gets it. */
export function ForbiddenPage({ title, mark, homeLink, permission, roleName }: ForbiddenPageProps) {
  return (
    <MessagePage
      eyebrow="Not for this account"
      title={title}
      mark={mark}
      actions={[{ href: '/session', label: 'See what your session holds' }, homeLink]}
    >
      <p>
        You are signed in, and that part worked. What is missing is the permission{' '}
        <code className="code">{permission}</code>: it comes with the role <em>{roleName}</em>, which whoever
        runs the provider can give you.
      </p>
      <p>Once you have it, it counts here within ten minutes, or at once if you sign out and in again.</p>
    </MessagePage>
  );
}
