import type { Metadata } from 'next';
import Link from 'next/link';
import { forbidden } from 'next/navigation';
import { requireSession } from '../../auth.ts';
import { Outcome } from '../../components/outcome.tsx';
import { PostList } from '../../components/post-list.tsx';
import { SitePage } from '../../components/site-page.tsx';
import { listPostsForSession } from '../../posts/posts-for-session.ts';

export const metadata: Metadata = { title: 'Drafts' };

/** One's own drafts, or all of them for editors. */
export default async function DraftsPage({ searchParams }: PageProps<'/drafts'>) {
  const session = await requireSession('/drafts');
  const [seesAll, writes] = [session.can('blog:drafts.read'), session.can('blog:drafts.write')];
  if (!seesAll && !writes) forbidden();
  const drafts = await listPostsForSession({ draftsOnly: true });
  return (
    <SitePage path="/drafts">
      <div className="page front">
        <header className="masthead">
          <Outcome parameters={await searchParams} />
          <p className="eyebrow">{seesAll ? 'For editors' : 'For authors'}</p>
          <h1>Not out yet</h1>
          <p>
            {seesAll
              ? 'What authors are writing. For everybody else these pages do not exist.'
              : 'Your drafts. You see them and editors do; for everybody else they do not exist.'}
          </p>
          {writes && (
            <Link className="button self-start" href="/drafts/new">
              Write a note
            </Link>
          )}
        </header>
        {drafts.length === 0 ? (
          <p className="notice">There are no drafts here.</p>
        ) : (
          <PostList posts={drafts} />
        )}
      </div>
    </SitePage>
  );
}
