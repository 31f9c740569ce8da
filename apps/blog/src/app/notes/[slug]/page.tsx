import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deps } from '../../../deps.ts';
import { Byline } from '../../../components/byline.tsx';
import { Comments } from '../../../components/comments.tsx';
import { Outcome } from '../../../components/outcome.tsx';
import { PostDesk } from '../../../components/post-desk.tsx';
import { SitePage } from '../../../components/site-page.tsx';
import { PostBody } from '../../../markup/post-body.tsx';
import { findPostForSession } from '../../../posts/posts-for-session.ts';
import { MentionedProducts } from '../../../shop/mentioned-products.tsx';
import { Sketch } from '../../../sketches/sketch.tsx';

type Props = PageProps<'/notes/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const post = await findPostForSession((await params).slug);
  return post ? { title: post.title, description: post.summary } : {};
}

export default async function NotePage({ params, searchParams }: Props) {
  const post = await findPostForSession((await params).slug);
  // People who may not read drafts get 404 for one: a 403 would say that it exists.
  if (!post) notFound();
  const path = `/notes/${post.slug}`;
  const parameters = await searchParams;
  const { before } = parameters;
  return (
    <SitePage path={path}>
      <div className="page note">
        <article aria-labelledby="title">
          <header>
            <Outcome parameters={parameters} />
            <Sketch slug={post.slug} />
            <Byline post={post} />
            <h1 id="title">
              <bdi>{post.title}</bdi>
            </h1>
            <p className="standfirst">
              <bdi>{post.summary}</bdi>
            </p>
            <PostDesk post={post} />
          </header>
          <PostBody body={post.body} shopUrl={deps().env.SHOP_URL} />
          {post.publishedOn !== undefined && (
            <Comments slug={post.slug} path={path} before={typeof before === 'string' ? before : undefined} />
          )}
        </article>
        {post.mentions.length > 0 && <MentionedProducts slugs={post.mentions} path={path} />}
      </div>
    </SitePage>
  );
}
