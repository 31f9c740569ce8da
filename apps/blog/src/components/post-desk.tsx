import { SubmitButton } from '@sso/site/submit-button';
import Link from 'next/link';
import { auth } from '../auth.ts';
import { publish, takeBack } from '../posts/actions.ts';
import type { PostMetadata } from '../posts/post.ts';

/** What the reader may do with a post besides reading it; nothing for most people. */
export async function PostDesk({ post }: { readonly post: PostMetadata }) {
  const session = await auth();
  const isDraft = post.publishedOn === undefined;
  const publishes = session?.can('blog:posts.publish') ?? false;
  const isOwn = session?.can('blog:drafts.write') === true && post.author?.sub === session.user.sub;
  if (!publishes && !(isOwn && isDraft)) return null;
  return (
    <section className="desk" aria-label={isDraft ? 'This draft' : 'This note'}>
      {isOwn && isDraft && (
        <Link className="button quiet" href={`/drafts/${encodeURIComponent(post.slug)}`}>
          Change it
        </Link>
      )}
      {publishes && isDraft && <PublishForm post={post} />}
      {publishes && !isDraft && <TakeBackForm slug={post.slug} />}
    </section>
  );
}

function PublishForm({ post: { slug, version } }: { readonly post: PostMetadata }) {
  return (
    <form action={publish}>
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="version" value={version} />
      <SubmitButton pending="Publishing …">Publish it</SubmitButton>
    </form>
  );
}

function TakeBackForm({ slug }: { readonly slug: string }) {
  return (
    <form action={takeBack}>
      <input type="hidden" name="slug" value={slug} />
      <SubmitButton className="button quiet" pending="Taking it back …">
        Take it back
      </SubmitButton>
    </form>
  );
}
