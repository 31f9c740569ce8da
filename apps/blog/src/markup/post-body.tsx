import type { Nodes, Parents } from 'mdast';
import type { ReactNode } from 'react';
import { findProduct, findWebAddress, parseMarkdown } from './markdown.ts';

interface PostBodyProps {
  /** Markdown, see `markdown.ts`. */
  readonly body: string;
  /** The shop's origin, for the products that the text mentions. */
  readonly shopUrl: string;
}

/** The text of a post. React escapes all of it. */
export function PostBody({ body, shopUrl }: PostBodyProps) {
  return <div className="prose">{childrenOf(parseMarkdown(body), { shopUrl, depth: 0 })}</div>;
}

interface Place {
  readonly shopUrl: string;
  readonly depth: number;
}

/** Lists and quotes within one another, deeper than anybody reads: from here on there is the text alone. */
const DEEPEST = 12;

function childrenOf(parent: Parents, place: Place): ReactNode[] {
  const { shopUrl, depth } = place;
  if (depth > DEEPEST) return [textOf(parent)];
  // A post's parts never move: the position is the identity.
  return parent.children.map((node, index) => (
    <Part key={index} node={node} place={{ shopUrl, depth: depth + 1 }} />
  ));
}

/** What each kind of Markdown becomes. A kind that is missing here is shown as the text that it is. */
function Part({ node, place }: { readonly node: Nodes; readonly place: Place }): ReactNode {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return <p>{childrenOf(node, place)}</p>;
    case 'heading':
      return node.depth <= 2 ? <h2>{childrenOf(node, place)}</h2> : <h3>{childrenOf(node, place)}</h3>;
    case 'blockquote':
      return <blockquote>{childrenOf(node, place)}</blockquote>;
    case 'list':
      return node.ordered ? (
        <ol start={node.start ?? 1}>{childrenOf(node, place)}</ol>
      ) : (
        <ul>{childrenOf(node, place)}</ul>
      );
    case 'listItem':
      return <li>{itemOf(node.children, place)}</li>;
    case 'emphasis':
      return <em>{childrenOf(node, place)}</em>;
    case 'strong':
      return <strong>{childrenOf(node, place)}</strong>;
    case 'inlineCode':
      return <code className="code">{node.value}</code>;
    case 'code':
      return <pre>{node.value}</pre>;
    case 'thematicBreak':
      return <hr />;
    case 'break':
      return <br />;
    case 'link': {
      const slug = findProduct(node);
      const href = slug === undefined ? findWebAddress(node) : `${place.shopUrl}/products/${slug}`;
      if (href === undefined) return childrenOf(node, place);
      // What authors link to is nobody's recommendation, and learns nothing of who comes.
      const rel = slug === undefined ? 'nofollow ugc noopener noreferrer' : undefined;
      return (
        <a href={href} rel={rel}>
          {childrenOf(node, place)}
        </a>
      );
    }
    default:
      return textOf(node);
  }
}

/** The paragraph of an item that has only one is the item itself. */
function itemOf(children: readonly Nodes[], place: Place): ReactNode {
  const [only, ...others] = children;
  if (only?.type === 'paragraph' && others.length === 0) return childrenOf(only, place);
  return children.map((node, index) => <Part key={index} node={node} place={place} />);
}

/** The words alone. HTML is words here, too; of an image, which other sites would learn of, what it shows. */
function textOf(node: Nodes): string {
  const words: string[] = [];
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('value' in next) words.push(next.value);
    else if ('alt' in next && next.alt) words.push(next.alt);
    else if ('children' in next) waiting.push(...next.children.toReversed());
  }
  return words.join(' ');
}
