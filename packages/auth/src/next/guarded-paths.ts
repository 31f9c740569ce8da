import { authError } from '../foundation/index.ts';

/** A literal segment, `:name`, or at the end `:name*` and `:name+`. */
const SEGMENT = /^(?:[\w.~!$&'()@%-]+|:\w+[*+]?)$/;

/**
 * A predicate for paths, written like the matcher of `proxy.ts`: `/orders`, `/orders/:path*` (with all below it),
 * `/teams/:team/billing`.
 *
 * @throws AuthError `config_invalid` for anything else: a pattern that matches nothing would guard nothing.
 */
export function createPathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map((pattern) => new RegExp(`^${sourceOf(pattern)}/?$`, 's'));
  return (path) => expressions.some((expression) => expression.test(decoded(path)));
}

function sourceOf(pattern: string): string {
  const segments = pattern === '/' ? [] : pattern.split('/').slice(1);
  const isLast = (index: number) => index === segments.length - 1;
  const isReadable = segments.every(
    (segment, index) => SEGMENT.test(segment) && (isLast(index) || !/^:.*[*+]$/.test(segment)),
  );
  if (pattern.startsWith('/') && isReadable) return segments.map(segmentSource).join('');
  throw authError(
    'config_invalid',
    `guarded names "${pattern}": write a path as in the matcher, e.g. /orders, /orders/:path* or /teams/:team/billing`,
  );
}

function segmentSource(segment: string): string {
  if (!segment.startsWith(':')) return `/${decoded(segment).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}`;
  if (segment.endsWith('*')) return '(?:/.*)?';
  return segment.endsWith('+') ? '/.+' : '/[^/]+';
}

/** As Next reads a path before it looks for the page. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // no page answers at it
  }
}
