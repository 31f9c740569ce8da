import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../secrets.ts';

/** All CSS of the pages as one file whose name changes with its content, so that it can be cached for good. */
export interface Stylesheet {
  readonly path: string;
  readonly body: string;
}

/** Reads the design tokens and components of @sso/ui, and the few rules of the provider's own. */
export function loadStylesheet(): Stylesheet {
  const files = [
    import.meta.resolve('@sso/ui/tokens.css'),
    import.meta.resolve('@sso/ui/components.css'),
    import.meta.resolve('./pages.css'),
  ];
  const body = files.map((file) => readFileSync(fileURLToPath(file), 'utf8')).join('\n');
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
