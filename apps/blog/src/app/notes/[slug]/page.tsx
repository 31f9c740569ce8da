import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { deps } from '../../../deps.ts';
import { Byline } from '../../../frame/byline.tsx';
import { SitePage } from '../../../frame/site-page.tsx';
import { PostBody } from '../../../markup/post-body.tsx';
import { postForPage } from '../../../posts/shelf.ts';
import { Mentioned } from '../../../shop/mentioned.tsx';
import { Sketch } from '../../../sketches/index.tsx';

type Props = PageProps<'/notes/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const post = await postForPage((await params).slug);
  return post ? { title: post.title, description: post.summary } : {};
}

export default async function NotePage({ params }: Props) {
  const post = await postForPage((await params).slug);
  // A draft is not there for whoever may not read it: a 403 would tell that it exists.
  if (!post) notFound();
  const path = `/notes/${post.slug}`;
  return (
    <SitePage path={path}>
      <div className="page note">
        <article aria-labelledby="title">
          <header>
            <Sketch slug={post.slug} />
            <Byline post={post} />
            <h1 id="title">{post.title}</h1>
            <p className="standfirst">{post.summary}</p>
          </header>
          <PostBody body={post.body} shopUrl={deps().env.SHOP_URL} />
        </article>
        <Mentioned slugs={post.mentions} path={path} />
      </div>
    </SitePage>
  );
}
