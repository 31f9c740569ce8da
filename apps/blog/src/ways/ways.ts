import { apps } from '@sso/domains';

const [shop, blog, provider] = [apps.shop.title, apps.blog.title, apps.idp.title];

/** One way from this site to the API of the other. */
export interface Way {
  readonly id: 'server-to-server' | 'on-behalf-of';
  readonly title: string;
  /** When to choose it. */
  readonly when: string;
  /** What happens, in order. */
  readonly steps: readonly string[];
  readonly button: string;
  /** The path at the shop's API. */
  readonly path: string;
}

const SLUG = 'red-headlamp';

/** The ways that this site's server takes, in the order in which the page shows them. */
export const serverWays: readonly [Way, Way] = [
  {
    id: 'server-to-server',
    title: 'Server to server',
    when: 'A page of yours needs something of another site for the person who is looking at it. This is the usual one.',
    steps: [
      `${blog}’s server exchanges your token for its own API for one for ${shop}’s (RFC 8693).`,
      `${provider} gives what you may do there, what this site may, and what your sign-in could reach: nothing more.`,
      `${blog} calls ${shop}’s API with it. ${shop} decides by the claims, and asks nobody.`,
    ],
    button: `Ask ${shop} for the red headlamp`,
    path: `/api/products/${SLUG}`,
  },
  {
    id: 'on-behalf-of',
    title: 'On behalf of',
    when: 'An API that you call needs another API to answer you. The second one has to know who it is for, and through whom.',
    steps: [
      `${blog}’s server calls ${shop}’s API with your token for it, got in the first way.`,
      `${shop}’s API exchanges that token for one for ${blog}’s API. It says you (sub) and ${shop} as the actor (act).`,
      `${blog}’s API answers ${shop}, which answers this page. ${blog}’s log has both names.`,
    ],
    button: `Ask ${shop} what ${blog} writes about it`,
    path: `/api/products/${SLUG}/posts`,
  },
];

/** A way that the page takes by itself. */
export interface OwnWay extends Omit<Way, 'id'> {
  readonly id: 'from-the-page';
}

export const pageWay: OwnWay = {
  id: 'from-the-page',
  title: 'From the page',
  when: 'A page calls another site’s API directly, and no server of its own should pass the answer on. It costs more than the others, so choose it last.',
  steps: [
    `This page makes a key that nobody can read, and proves it to ${provider} through ${blog}’s server (RFC 9449).`,
    `${provider} gives a token for ${shop}’s API that is bound to that key. It stays in this page’s memory, for minutes.`,
    `The page asks ${shop} with a proof of each request. Copied elsewhere the token is worth nothing: see the last two steps.`,
  ],
  button: `Ask ${shop} from this page`,
  path: `/api/products/${SLUG}`,
};

/** What most people may not: pressed to read a refusal. */
export const REFUSED_PATH = '/api/orders?all=true';

export const findWay = (id: unknown): Way | undefined => serverWays.find((way) => way.id === id);
