import Link from 'next/link';
import type { PostMetadata } from '../posts/post.ts';
import { Sketch } from '../sketches/sketch.tsx';
import { Byline } from './byline.tsx';

export function PostList({ posts }: { readonly posts: readonly PostMetadata[] }) {
  return (
    <ol className="posts">
      {posts.map((post) => (
        <li key={post.slug}>
          <Sketch slug={post.slug} />
          <div className="post-text">
            <Byline post={post} />
            <h2>
              <Link href={`/notes/${post.slug}`}>{post.title}</Link>
            </h2>
            <p>{post.summary}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
