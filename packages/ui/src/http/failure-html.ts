export interface FailurePage {
  readonly siteTitle: string;
  /** The site's colour, `#rrggbb`. */
  readonly color: string;
  readonly title: string;
  readonly explanation: string;
  readonly retryHref: string;
  readonly homeHref: string;
  /** The error's stable code: one of `errorExplanations`. */
  readonly code: string;
}

/**
 * The HTML of a whole page for a sign-in that failed. A handler answers with it, outside the framework's rendering, so
 * it carries its few styles along. Each inserted value is escaped, so that none can become markup (P-18).
 */
export function failureHtml(page: FailurePage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(page.title)} · ${escapeHtml(page.siteTitle)}</title>
<style>${styles(page.color)}</style>
</head>
<body>
<main>
<p class="site">${escapeHtml(page.siteTitle)}</p>
<h1>${escapeHtml(page.title)}</h1>
<p>${escapeHtml(page.explanation)}</p>
<p class="ways"><a class="button" href="${escapeHtml(page.retryHref)}">Sign in again</a> <a href="${escapeHtml(page.homeHref)}">Go on without signing in</a></p>
<p class="code">Reference: <code>${escapeHtml(page.code)}</code></p>
</main>
</body>
</html>
`;
}

const styles = (color: string) => `
:root { color-scheme: light dark; --accent: light-dark(${color}, color-mix(in oklab, ${color} 45%, #fff)); }
body { margin: 0; background: light-dark(#faf8f4, #0c0f16); color: light-dark(#1a1c22, #ebe8e1);
  font: 1.0625rem/1.6 -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 14vh 1.25rem 4rem; }
h1 { margin: 0.4rem 0 1.2rem; font-size: 2.2rem; line-height: 1.15; text-wrap: balance; }
.site { margin: 0; color: var(--accent); font-weight: 700; }
.ways { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.5rem; margin-block: 2rem; }
a { color: var(--accent); text-underline-offset: 0.18em; }
.button { padding: 0.6rem 1.15rem; border-radius: 10px; background: var(--accent); color: light-dark(#fff, #12100c);
  font-weight: 600; text-decoration: none; }
a:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.code { color: light-dark(#5b5f6a, #a1a6b3); font-size: 0.9rem; }
`;

const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escapeHtml(value: string): string {
  return value.replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? '');
}
