import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Hop, SiteName } from '../records/record.ts';

const values = z.array(z.string()).optional();
const line = z.object({
  ts: z.number(),
  duration: z.number(),
  status: z.int(),
  size: z.int(),
  request: z.object({
    method: z.string(),
    host: z.string(),
    uri: z.string(),
    headers: z.object({
      'User-Agent': values,
      'Content-Type': values,
      'Next-Router-Prefetch': values,
    }),
  }),
  resp_headers: z.object({ 'Content-Type': values, Location: values, 'X-Request-Id': values }),
});

/** Files of a page, questions whether an app is up, and streams that stay open: none is a step of a sign-in. */
const unimportant =
  /^\/(?:_next\/|assets\/|__nextjs|healthz$|readyz$|auth\/events$|favicon|client-logos\/)|\.(?:ico|png|svg|woff2|webmanifest|map|js|css|txt)$/;

/** Interactions of the provider carry an id that binds them to a browser; a diagram only has to know which is which. */
const interactionPath = /^\/(authorize|sign-in|consent|select-account|sign-out)\/([^/]{8,})(.*)$/;
/** Caddy 2.6 writes the hash of an empty text in place of every value. */
const HASH_OF_NOTHING = 'e3b0c442';

/**
 * One line of Caddy's access log.
 *
 * @returns undefined for a line that is no request, or none that belongs into a diagram
 */
export function readAccessLine(
  text: string,
  siteOf: (host: string) => SiteName | undefined,
): Omit<Hop, 'id'> | undefined {
  const parsed = line.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { ts, duration, status, size, request, resp_headers: answer } = parsed.data;
  const { headers, method, host, uri } = request;
  const site = siteOf(host);
  const [rawPath = '', query = ''] = uri.split('?', 2);
  if (!site || isUnimportant(rawPath, headers)) return undefined;
  const [, room, interaction, rest] = (site === 'idp' && interactionPath.exec(rawPath)) || [];
  return {
    kind: 'hop',
    at: (ts - duration) * 1000,
    end: ts * 1000,
    site,
    method,
    path: interaction === undefined ? rawPath : `/${room}/…${rest}`,
    ...(interaction !== undefined && { interaction: shortHash(interaction) }),
    parameters: [...new URLSearchParams(query)].filter(([name]) => name !== '_rsc').map(withoutEmptyHash),
    status,
    ...textMember('location', answer.Location?.map(withoutInteraction)),
    isBrowser: headers['User-Agent']?.[0]?.startsWith('Mozilla/') ?? false,
    ...textMember('requestId', answer['X-Request-Id']),
    ...textMember('requestType', headers['Content-Type']),
    ...textMember('answerType', answer['Content-Type']),
    bytes: size,
  };
}

/** Whoever sends no User-Agent for a front page asks whether the site is up, as `pnpm dev` does at its start. */
function isUnimportant(path: string, headers: z.infer<typeof line>['request']['headers']): boolean {
  const isProbe = path === '/' && headers['User-Agent'] === undefined;
  return unimportant.test(path) || isProbe || headers['Next-Router-Prefetch'] !== undefined;
}

/** A redirect to a page of an interaction names it too. */
function withoutInteraction(location: string): string {
  return location.replace(/(\/(?:authorize|sign-in|consent|select-account|sign-out)\/)[^/?#]{8,}/, '$1…');
}

function withoutEmptyHash([name, value]: [string, string]): [string, string] {
  return [name, value === HASH_OF_NOTHING ? '(hidden)' : value.slice(0, 500)];
}

function textMember<N extends string>(name: N, list: readonly string[] | undefined): { [K in N]?: string } {
  const first = list?.[0];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed name widens to string
  return (first === undefined ? {} : { [name]: first }) as { [K in N]?: string };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a line that is half written, or words
  }
}
