import { html } from 'hono/html';
import { findExplanation } from '../http/error-explanations.ts';
import { PageError } from '../http/page-error.ts';
import { pageResponse } from '../http/pages.ts';
import { layout, type Markup, type View } from './layout.ts';

/**
 * What an error code means, for whoever follows an `error_uri` (RFC 6749 §5.2).
 *
 * @throws PageError for a code that nothing here sends.
 */
export async function showExplanation(view: View, code: string): Promise<Response> {
  const explanation = findExplanation(code);
  if (!explanation) throw unknownCode();
  const content = html`<h1><span class="code">${code}</span></h1>
    <p class="lead">${withCode(explanation.cause)}</p>
    <h2>What to do</h2>
    <p>${withCode(explanation.fix)}</p>
    <p class="muted">
      For developers of applications that sign people in with <bdi>${view.serviceName}</bdi>.
    </p>`;
  return pageResponse(await layout(view, code, content));
}

/** Every second part stood between backticks. */
function withCode(text: string): Markup[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code class="code">${part}</code>` : html`${part}`));
}

function unknownCode(): PageError {
  return new PageError({
    status: 404,
    code: 'not_found',
    title: 'There is no such error here',
    reason: 'Nothing on this service answers with this code.',
    fix: 'Copy the address of the error again, as a whole.',
  });
}
