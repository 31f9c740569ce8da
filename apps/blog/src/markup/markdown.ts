import type { Link, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/**
 * Parses the text of a post: CommonMark. `[text](shop:slug)` links to a product of the shop.
 *
 * What it gives is a tree of words, never HTML. `post-body.tsx` says which kinds of it are shown, and how.
 */
export function parseMarkdown(body: string): Root {
  return fromMarkdown(body);
}

const PRODUCT = /^shop:([a-z0-9]+(?:-[a-z0-9]+)*)$/;

/** The slug of the product that a link stands for. */
export function findProduct({ url }: Pick<Link, 'url'>): string | undefined {
  return PRODUCT.exec(url)?.[1]?.slice(0, 64);
}

/** The products that a text links to, in the order in which they come, each once; twelve at most. */
export function mentionsIn(body: string): string[] {
  const found = new Set<string>();
  const waiting: Nodes[] = [parseMarkdown(body)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const slug = node.type === 'link' ? findProduct(node) : undefined;
    if (slug !== undefined) found.add(slug);
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
  return [...found].slice(0, 12);
}

/** The address of a link that may be followed: a page of the web. Undefined for `javascript:`, `data:` and all others. */
export function findWebAddress({ url }: Pick<Link, 'url'>): string | undefined {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === ''
    ? parsed.href
    : undefined;
}
