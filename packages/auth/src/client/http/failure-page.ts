import { RETRY_AFTER_SECONDS } from '../../foundation/index.ts';
import type { CookieChange } from '../../session/index.ts';
import type { Failure } from './failure.ts';
import { noStoreResponse, seeOther } from './responses.ts';
import type { Site } from '../site.ts';

/** No script, no frame (P-17), styles and pictures of this site only. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The response to a failed login: the site's error path, its own page, or the built-in one; each leads on, and none is a 500. */
export function failureResponse(
  site: Site,
  failure: Failure,
  cookies: readonly CookieChange[] = [],
): Response {
  const { errorPath, failurePage = builtInPage } = site.options;
  if (errorPath !== undefined) {
    return seeOther(`${site.baseUrl}${errorPath}?code=${failure.code}`, cookies);
  }
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-frame-options': 'DENY',
    ...(failure.status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
  };
  return noStoreResponse(failurePage(failure), { status: failure.status, headers }, cookies);
}

/** A plain page in the reader's colour scheme that works without anything else of the site. */
function builtInPage({ title, explanation, retryHref, homeHref, code }: Failure): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.25rem; }
a { display: inline-block; margin-inline-end: 1rem; padding: 0.5rem 0; }
small { opacity: 0.75; }
</style>
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(explanation)}</p>
<p><a href="${escapeHtml(retryHref)}">Sign in again</a> <a href="${escapeHtml(homeHref)}">Go to the start page</a></p>
<p><small>Reference: ${escapeHtml(code)}</small></p>
</main>
</html>
`;
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
