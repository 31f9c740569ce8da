import { type Block, type Inline, parsePost } from './parse.ts';

interface PostBodyProps {
  readonly body: string;
  /** The shop's origin, for the products that the text mentions. */
  readonly shopUrl: string;
}

/** A post's words. React escapes every one of them. */
export function PostBody({ body, shopUrl }: PostBodyProps) {
  return (
    <div className="prose">
      {parsePost(body).map((block, index) => (
        // A post is rendered once, in its order: the place is the identity.
        // oxlint-disable-next-line react/no-array-index-key
        <BlockView key={index} block={block} shopUrl={shopUrl} />
      ))}
    </div>
  );
}

const tags = { heading: 'h2', quote: 'blockquote', paragraph: 'p' } as const;

function BlockView({ block, shopUrl }: { readonly block: Block; readonly shopUrl: string }) {
  if (block.type !== 'list') {
    const Tag = tags[block.type];
    return (
      <Tag>
        <Words inlines={block.inlines} shopUrl={shopUrl} />
      </Tag>
    );
  }
  return (
    <ul>
      {block.items.map((item) => (
        <li key={JSON.stringify(item)}>
          <Words inlines={item} shopUrl={shopUrl} />
        </li>
      ))}
    </ul>
  );
}

function Words({ inlines, shopUrl }: { readonly inlines: readonly Inline[]; readonly shopUrl: string }) {
  return inlines.map((inline, index) => {
    const key = `${index}-${inline.text}`;
    if (inline.type === 'stress') return <em key={key}>{inline.text}</em>;
    if (inline.type === 'text') return inline.text;
    return (
      <a key={key} href={`${shopUrl}/products/${inline.slug}`}>
        {inline.text}
      </a>
    );
  });
}
