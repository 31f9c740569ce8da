import { apps } from '@sso/domains';
import { apiFetch, auth } from '../auth.ts';
import type { Product } from '../catalogue/products.ts';
import { deps } from '../deps.ts';
import { findBlogPosts } from './find-blog-posts.ts';

interface PostsFromBlogProps {
  readonly product: Product;
}

/** The blog's posts about a product, from its API with a token for the reader; nothing for people who are not signed in. */
export async function PostsFromBlog({ product }: PostsFromBlogProps) {
  const session = await auth();
  if (!session) return null;
  const posts = await findBlogPosts({
    blogUrl: deps().env.BLOG_URL,
    mentions: product.slug,
    fetch: (url, init) => apiFetch(apps.blog.audience, url, init),
  });
  if (!posts || posts.length === 0) return null;
  return (
    <aside className="page notes" aria-labelledby="notes">
      <h2 id="notes">Out in the dark with it</h2>
      <ul>
        {posts.map((post) => (
          <li key={post.slug}>
            <a href={post.url}>
              <bdi>{post.title}</bdi>
            </a>
            <bdi className="muted">{post.summary}</bdi>
          </li>
        ))}
      </ul>
      <p className="muted text-sm">
        From {apps.blog.title}, asked just now with a token for its API that stands for you.
      </p>
    </aside>
  );
}
