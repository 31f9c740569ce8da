import { html } from 'hono/html';
import { FAVICON_PATH, logo } from './logo.ts';
import type { Stylesheet } from './stylesheet.ts';

/** What every page shows besides its content. */
export interface View {
  readonly serviceName: string;
  readonly stylesheet: Stylesheet;
}

/** Markup whose interpolated values are escaped. */
export type Markup = ReturnType<typeof html>;

/** A whole page with one heading, one panel and no script. */
export async function layout(view: View, title: string, content: Markup): Promise<string> {
  const document = await html`<!doctype html>
    <html lang="en" data-site="idp">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${view.serviceName}</title>
        <link rel="stylesheet" href="${view.stylesheet.path}" />
        <link rel="icon" href="${FAVICON_PATH}" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the content</a>
        <header class="site-header">
          <div class="page">
            <span class="brand">${logo} <bdi>${view.serviceName}</bdi></span>
          </div>
        </header>
        <main id="main" class="page gate">
          <div class="panel stack">${content}</div>
        </main>
      </body>
    </html>`;
  return String(document);
}
