/** A run of text: plain, stressed, or a link to a product of the shop by its slug. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'stress'; readonly text: string }
  | { readonly type: 'product'; readonly text: string; readonly slug: string };

export type Block =
  | { readonly type: 'paragraph' | 'quote' | 'heading'; readonly inlines: readonly Inline[] }
  | { readonly type: 'list'; readonly items: readonly (readonly Inline[])[] };

/**
 * Reads a post's words. Blocks are divided by empty lines: `## a heading`, `> a pull quote`, `- a list`, or a
 * paragraph; inside, `*stress*` and `[words](shop:slug)`. Nothing else is markup, and nothing becomes HTML here.
 */
export function parsePost(body: string): Block[] {
  return body
    .trim()
    .split(/\n{2,}/)
    .map(parseBlock);
}

function parseBlock(text: string): Block {
  if (text.startsWith('## ')) return { type: 'heading', inlines: parseInlines(text.slice(3)) };
  if (text.startsWith('> ')) return { type: 'quote', inlines: parseInlines(text.slice(2)) };
  if (text.startsWith('- ')) {
    const items = text.split(/^- /m).slice(1);
    return { type: 'list', items: items.map((item) => parseInlines(item.trim())) };
  }
  return { type: 'paragraph', inlines: parseInlines(text) };
}

// No part of it can read over the start of another mark, so the time it takes grows with the text and no faster.
const mark = /\*(?<stress>[^*\n]+)\*|\[(?<words>[^[\]\n]+)\]\(shop:(?<slug>[a-z0-9-]+)\)/g;

function parseInlines(text: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(mark)) {
    if (match.index > end) inlines.push({ type: 'text', text: text.slice(end, match.index) });
    inlines.push(inlineOf(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < text.length) inlines.push({ type: 'text', text: text.slice(end) });
  return inlines;
}

function inlineOf({ stress, words, slug }: Record<string, string | undefined>): Inline {
  if (stress !== undefined) return { type: 'stress', text: stress };
  return { type: 'product', text: words ?? '', slug: slug ?? '' };
}
