import { html } from 'hono/html';
import type { PageError } from '../http/page-error.ts';
import { pageResponse } from '../http/pages.ts';
import { layout, type Markup, type View } from './layout.ts';

/** Nobody did anything wrong on a page that is over. */
const OVER = 410;

/** Names what went wrong and what to do about it, and has a way on: no page is a dead end. */
export async function errorPageResponse(view: View, error: PageError): Promise<Response> {
  const content = html`<h1>${error.title}</h1>
    <div class="notice ${error.status === OVER ? 'info' : 'bad'}" role="alert"><p>${error.reason}</p></div>
    ${error.clientName === undefined ? '' : html`<p>The site calls itself <bdi>${error.clientName}</bdi>.</p>`}
    <p>${error.fix}</p>
    ${wayOn(error)}
    <p class="muted">Code: <span class="code">${error.code}</span></p>`;
  const headers =
    error.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(error.retryAfterSeconds) };
  return pageResponse(await layout(view, error.title, content), { status: error.status, headers });
}

function wayOn({ wayOn: target }: PageError): Markup {
  if (target === undefined) return html`<a class="button quiet" href="/account">Go to your account</a>`;
  // One element in the button, whose parts would else be set apart from each other.
  return html`<a class="button" href="${target.href}"
    ><span>Go on to <bdi>${target.to}</bdi></span></a
  >`;
}
