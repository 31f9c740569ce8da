import type { PostMetadata } from '../posts/post.ts';
import { dateText } from './date-text.ts';

/** Topic, author, date and length of a post; a draft says that it is one. */
export function Byline({ post }: { readonly post: PostMetadata }) {
  return (
    <p className="byline">
      <span className="eyebrow">{post.topic}</span>
      {post.author?.name !== undefined && (
        <span>
          by <bdi>{post.author.name}</bdi>
        </span>
      )}
      {post.publishedOn === undefined ? (
        <span className="badge accent">Draft</span>
      ) : (
        <time dateTime={post.publishedOn}>{dateText(post.publishedOn)}</time>
      )}
      <span>{post.minutes} min</span>
    </p>
  );
}
