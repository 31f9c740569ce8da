import { readFileSync } from 'node:fs';
import { stylesheets } from '@sso/ui/stylesheets';
import { sha256 } from '../foundation/secrets.ts';

/** All CSS of the pages as one file. Its name contains a hash of its content, so that it can be cached forever. */
export interface Stylesheet {
  readonly path: string;
  readonly body: string;
}

/** Reads the design tokens and components of @sso/ui, and the few rules of the provider's own. */
export function loadStylesheet(): Stylesheet {
  const files = [...stylesheets, new URL('pages.css', import.meta.url)];
  const body = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return { path: `/assets/${sha256(body).slice(0, 16)}.css`, body };
}

export function stylesheetResponse({ body }: Stylesheet): Response {
  return new Response(body, {
    headers: {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
