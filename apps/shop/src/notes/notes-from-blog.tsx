import { apps } from '@sso/domains';
import { apiFetch, auth } from '../auth.ts';
import type { Product } from '../catalogue/products.ts';
import { deps } from '../deps.ts';
import { findBlogNotes } from './blog-notes.ts';

interface NotesFromBlogProps {
  readonly product: Product;
  readonly path: string;
}

/** What the blog wrote about a product, asked of its API in the reader's name; nothing for strangers. */
export async function NotesFromBlog({ product }: NotesFromBlogProps) {
  const session = await auth();
  if (!session) return null;
  const notes = await findBlogNotes({
    blogUrl: deps().env.BLOG_URL,
    mentions: product.slug,
    fetch: (url, init) => apiFetch(apps.blog.audience, url, init),
  });
  if (!notes || notes.length === 0) return null;
  return (
    <aside className="page notes" aria-labelledby="notes">
      <h2 id="notes">Out in the dark with it</h2>
      <ul>
        {notes.map((note) => (
          <li key={note.slug}>
            <a href={note.url}>{note.title}</a>
            <span className="muted">{note.summary}</span>
          </li>
        ))}
      </ul>
      <p className="muted text-sm">
        From {apps.blog.title}, asked just now with a token for its API that stands for you.
      </p>
    </aside>
  );
}
