import { type Block, type Inline, parseMarkup } from './parse-markup.ts';

interface PostBodyProps {
  readonly body: string;
  /** The shop's origin, for the products that the text mentions. */
  readonly shopUrl: string;
}

/** The text of a post. React escapes all of it. */
export function PostBody({ body, shopUrl }: PostBodyProps) {
  return (
    <div className="prose">
      {parseMarkup(body).map((block, index) => (
        // A post's blocks never move: the position is the identity.
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
        <Inlines inlines={block.inlines} shopUrl={shopUrl} />
      </Tag>
    );
  }
  return (
    <ul>
      {block.items.map((item) => (
        <li key={JSON.stringify(item)}>
          <Inlines inlines={item} shopUrl={shopUrl} />
        </li>
      ))}
    </ul>
  );
}

function Inlines({ inlines, shopUrl }: { readonly inlines: readonly Inline[]; readonly shopUrl: string }) {
  return inlines.map((inline, index) => {
    const key = `${index}-${inline.text}`;
    if (inline.type === 'emphasis') return <em key={key}>{inline.text}</em>;
    if (inline.type === 'text') return inline.text;
    return (
      <a key={key} href={`${shopUrl}/products/${inline.slug}`}>
        {inline.text}
      </a>
    );
  });
}
