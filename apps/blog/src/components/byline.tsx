import type { PostMetadata } from '../posts/posts.ts';
import { dateText } from './date-text.ts';

/** Topic, date and length of a post; a draft says that it is one. */
export function Byline({ post }: { readonly post: PostMetadata }) {
  return (
    <p className="byline">
      <span className="eyebrow">{post.topic}</span>
      {post.publishedOn === undefined ? (
        <span className="badge accent">Draft</span>
      ) : (
        <time dateTime={post.publishedOn}>{dateText(post.publishedOn)}</time>
      )}
      <span>{post.minutes} min</span>
    </p>
  );
}
