import { html } from 'hono/html';
import type { Stylesheet } from './stylesheet.ts';

/** What every page shows besides its content. */
export interface View {
  readonly serviceName: string;
  readonly stylesheet: Stylesheet;
}

/** Markup whose interpolated values are escaped. */
export type Markup = ReturnType<typeof html>;

/** A whole page: one heading, one panel, nothing that runs. */
export async function layout(view: View, title: string, content: Markup): Promise<string> {
  const document = await html`<!doctype html>
    <html lang="en" data-site="idp">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · ${view.serviceName}</title>
        <link rel="stylesheet" href="${view.stylesheet.path}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the content</a>
        <header class="site-header">
          <div class="page"><span class="brand">${mark} ${view.serviceName}</span></div>
        </header>
        <main id="main" class="page gate">
          <div class="panel stack">${content}</div>
        </main>
      </body>
    </html>`;
  return String(document);
}

/** A meridian: a globe with one line drawn from pole to pole. */
const mark = html`<svg
  viewBox="0 0 24 24"
  aria-hidden="true"
  fill="none"
  stroke="currentColor"
  stroke-width="1.6"
>
  <circle cx="12" cy="12" r="9.2" />
  <path d="M12 2.8c-5.4 5-5.4 13.4 0 18.4" />
  <path d="M12 2.8v18.4" stroke-width="2.4" />
</svg>`;
