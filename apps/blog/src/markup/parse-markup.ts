/** A run of text: plain, emphasised, or a link to a product of the shop by its slug. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'emphasis'; readonly text: string }
  | { readonly type: 'product'; readonly text: string; readonly slug: string };

export type Block =
  | { readonly type: 'paragraph' | 'quote' | 'heading'; readonly inlines: readonly Inline[] }
  | { readonly type: 'list'; readonly items: readonly (readonly Inline[])[] };

/**
 * Parses the text of a post. Empty lines separate blocks: `## a heading`, `> a pull quote`, `- a list`, or a paragraph.
 * Inside a block, `*emphasis*` and `[text](shop:slug)` are markup. Everything else stays text, and nothing becomes HTML.
 */
export function parseMarkup(body: string): Block[] {
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

// No part matches across the start of another mark, so the time grows in proportion to the text.
const inlineMarkup = /\*(?<emphasis>[^*\n]+)\*|\[(?<linkText>[^[\]\n]+)\]\(shop:(?<slug>[a-z0-9-]+)\)/g;

function parseInlines(text: string): Inline[] {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inlineMarkup)) {
    if (match.index > end) inlines.push({ type: 'text', text: text.slice(end, match.index) });
    inlines.push(inlineOf(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  if (end < text.length) inlines.push({ type: 'text', text: text.slice(end) });
  return inlines;
}

function inlineOf({ emphasis, linkText, slug }: Record<string, string | undefined>): Inline {
  if (emphasis !== undefined) return { type: 'emphasis', text: emphasis };
  return { type: 'product', text: linkText ?? '', slug: slug ?? '' };
}
