import { SubmitButton } from '@sso/site/submit-button';
import { Notice } from '@sso/ui';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { requirePermission } from '../../../auth.ts';
import { DraftForm } from '../../../components/draft-form.tsx';
import { Outcome } from '../../../components/outcome.tsx';
import { SitePage } from '../../../components/site-page.tsx';
import { changeDraft, removeDraft } from '../../../posts/actions.ts';
import { textOf } from '../../../posts/draft-form.ts';
import type { Post } from '../../../posts/post.ts';
import { ProductPicker } from '../../../shop/product-picker.tsx';
import { findPostForSession } from '../../../posts/posts-for-session.ts';

export const metadata: Metadata = { title: 'Your draft' };

/** Changes one's own draft. Another person's is not found, as one that isn't there. */
export default async function DraftPage({ params, searchParams }: PageProps<'/drafts/[slug]'>) {
  const { slug } = await params;
  const path = `/drafts/${encodeURIComponent(slug)}`;
  const session = await requirePermission('blog:drafts.write', path);
  const post = await findPostForSession(slug);
  if (!post || post.author?.sub !== session.user.sub) notFound();
  if (post.publishedOn !== undefined) redirect(`/notes/${encodeURIComponent(slug)}`);
  const parameters = await searchParams;
  return (
    <SitePage path={path}>
      <div className="page editor">
        <header className="stack">
          <p className="eyebrow">Your draft</p>
          <h1>
            <bdi>{post.title}</bdi>
          </h1>
          <Outcome parameters={parameters} />
        </header>
        <DraftForm
          key={post.version}
          action={changeDraft}
          text={textOf(post)}
          draft={{ slug, version: post.version }}
        >
          <Saved isSaved={parameters['saved'] !== undefined} slug={slug} />
        </DraftForm>
        <ProductPicker />
        <DeleteForm post={post} />
      </div>
    </SitePage>
  );
}

function Saved({ isSaved, slug }: { readonly isSaved: boolean; readonly slug: string }) {
  const preview = <Link href={`/notes/${encodeURIComponent(slug)}`}>See it as readers will</Link>;
  if (!isSaved) return <p>{preview}</p>;
  return (
    <output>
      <Notice tone="good" title="Saved">
        <p>{preview}, or go on writing. An editor publishes it.</p>
      </Notice>
    </output>
  );
}

function DeleteForm({ post: { slug, version } }: { readonly post: Post }) {
  return (
    <details className="delete-draft">
      <summary>Delete this draft</summary>
      <form action={removeDraft} className="stack">
        <p className="text-soft">It can’t be brought back.</p>
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="version" value={version} />
        <SubmitButton className="button danger self-start" pending="Deleting …">
          Delete it for good
        </SubmitButton>
      </form>
    </details>
  );
}
