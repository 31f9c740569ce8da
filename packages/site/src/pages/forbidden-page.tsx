import type { Permission } from '@sso/domains';
import { type PageLink, MessagePage } from '@sso/ui';
import type { ReactNode } from 'react';
import { MissingPermission } from './missing-permission.tsx';

interface ForbiddenPageProps {
  readonly title: string;
  readonly mark: ReactNode;
  readonly homeLink: PageLink;
  /** The permission that the page asks for. */
  readonly permission: Permission;
}

/** The content of `forbidden.tsx`: what is missing, and how one gets it. */
export function ForbiddenPage({ title, mark, homeLink, permission }: ForbiddenPageProps) {
  return (
    <MessagePage
      eyebrow="Not for this account"
      title={title}
      mark={mark}
      actions={[{ href: '/session', label: 'See what your session holds' }, homeLink]}
    >
      <MissingPermission permission={permission} />
    </MessagePage>
  );
}
