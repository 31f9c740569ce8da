import type { Permission } from '@sso/domains';
import { ForbiddenPage } from '@sso/site/pages';
import { homeLink } from './home-link.ts';
import { Mark } from './mark.tsx';
import { SitePage } from './site-page.tsx';

interface RefusedPageProps {
  /** The page that was refused. */
  readonly path: string;
  readonly title: string;
  /** The permission that it asks for. */
  readonly permission: Permission;
}

/** The `forbidden.tsx` of a page of the blog. */
export function RefusedPage({ path, title, permission }: RefusedPageProps) {
  return (
    <SitePage path={path}>
      <ForbiddenPage title={title} mark={<Mark />} homeLink={homeLink} permission={permission} />
    </SitePage>
  );
}
