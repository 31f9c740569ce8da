import { html } from 'hono/html';
import type { FormPost } from '../http/form-post.ts';
import { formOriginOf, pageResponse } from '../http/pages.ts';
import { sha256 } from '../foundation/secrets.ts';
import { layout, type View } from './layout.ts';

/** Submits the page's form. It is a file of its own because the pages' CSP allows no inline script. */
const SCRIPT = `document.querySelector('form[data-submit]').submit();\n`;

export const FORM_POST_SCRIPT_PATH = `/assets/${sha256(SCRIPT).slice(0, 16)}.js`;

export function formPostScriptResponse(): Response {
  return new Response(SCRIPT, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

/** The authorization response as a form that submits itself to the client; without scripts the person presses its button. */
export async function formPostPageResponse(
  view: View,
  { action, fields, cookies }: FormPost,
): Promise<Response> {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const content = html`<h1>On your way back</h1>
    <p class="muted">If nothing happens within a second or two, press the button.</p>
    <form method="post" action="${action}" data-submit>
      ${inputs}<button class="button" type="submit">Go on</button>
    </form>
    <script src="${FORM_POST_SCRIPT_PATH}"></script>`;
  const response = pageResponse(await layout(view, 'On your way back', content), {
    ownScript: true,
    formOrigins: [formOriginOf(action)],
    // The client gets this origin, where `same-origin` would send `Origin: null`. It never gets the page's path.
    headers: { 'Referrer-Policy': 'strict-origin' },
  });
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie);
  return response;
}
