import type { Session } from '@sso/auth/session';
import type { SealedSessions } from './sealed-session.ts';
import { SESSION } from './sealed-session.ts';
import { sendAsRouter } from './router-fetch.ts';
import { NAVIGATION } from './sign-in-over-http.ts';

/** One kind of request of a storm, and how its answer shows that the person is still signed in. */
export interface StormKind {
  readonly name: string;
  readonly path: string;
  readonly headers: (session: Session) => Readonly<Record<string, string>>;
  readonly shows: string;
}

const noHeaders = () => ({});
const router = () => ({ rsc: '1', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' });
const document = () => NAVIGATION;

/** What the tabs of one person ask for at the same moment. */
export const stormKinds: readonly StormKind[] = [
  { name: 'document', path: '/session', headers: document, shows: 'Ada Marlowe' },
  { name: 'members document', path: '/members', headers: document, shows: 'Your prices, side by side' },
  { name: 'RSC', path: '/session', headers: router, shows: 'Ada Marlowe' },
  { name: 'members RSC', path: '/members', headers: router, shows: 'Your prices, side by side' },
  { name: 'session JSON', path: '/auth/session', headers: noHeaders, shows: 'Ada Marlowe' },
  {
    name: 'API',
    path: '/api/products',
    headers: ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }),
    shows: 'memberPrice',
  },
];

export interface StormAnswer {
  readonly kind: string;
  readonly status: number;
  readonly isSignedIn: boolean;
  /** The session cookie that came along; empty when it was deleted. */
  readonly cookie: string | undefined;
  readonly session: Session | undefined;
}

export interface StormOptions {
  readonly origin: string;
  readonly sessions: SealedSessions;
  /** The session that all requests carry, sealed and opened. */
  readonly cookie: string;
  readonly session: Session;
  readonly requests: number;
}

/** All requests at once, each with the same old cookie. */
export function raiseStorm(options: StormOptions): Promise<StormAnswer[]> {
  const kinds = Array.from({ length: options.requests }, (_, index) => stormKinds[index % stormKinds.length]);
  return Promise.all(kinds.flatMap((kind) => (kind ? [askOnce(options, kind)] : [])));
}

async function askOnce(options: StormOptions, kind: StormKind): Promise<StormAnswer> {
  const headers = { ...kind.headers(options.session), cookie: `${SESSION}=${options.cookie}` };
  const response = await sendAsRouter(options.origin + kind.path, { headers });
  const cookie = response.headers
    .getSetCookie()
    .map((line) => /^__Host-session=([^;]*)/.exec(line)?.[1])
    .find((value) => value !== undefined);
  return {
    kind: kind.name,
    status: response.status,
    isSignedIn: (await response.text()).includes(kind.shows),
    cookie,
    session: cookie === undefined ? undefined : await options.sessions.open(cookie),
  };
}
