import type { Metadata } from 'next';
import { requirePermission } from '../../auth.ts';
import { PostList } from '../../components/post-list.tsx';
import { SitePage } from '../../components/site-page.tsx';
import { listPostsForSession } from '../../posts/posts-for-session.ts';

export const metadata: Metadata = { title: 'Drafts' };

export default async function DraftsPage() {
  await requirePermission('blog:drafts.read', '/drafts');
  const drafts = (await listPostsForSession()).filter(({ publishedOn }) => publishedOn === undefined);
  return (
    <SitePage path="/drafts">
      <div className="page front">
        <header className="masthead">
          <p className="eyebrow">For editors</p>
          <h1>Not out yet</h1>
          <p>
            Open to <code className="code">blog:drafts.read</code>. For everybody else these pages do not
            exist.
          </p>
        </header>
        <PostList posts={drafts} />
      </div>
    </SitePage>
  );
}
