import { html } from 'hono/html';
import type { MatrixPart, MatrixRow } from '../access/access-matrix.ts';
import { layout, type Markup, type View } from './layout.ts';

/** The content of `/account/access`. @param roles the person's own */
export function accountAccessPage(
  view: View,
  matrix: readonly MatrixPart[],
  roles: readonly string[],
): Promise<string> {
  const content = html`<h1>What you may do</h1>
    <p class="muted">
      ${
        roles.length === 0
          ? 'You have no role: at the sites you may do what every visitor may.'
          : html`Your ${roles.length === 1 ? 'role is' : 'roles are'} ${inWords(roles)}. What a role brings is
            below; the sites read from what we sign for you.`
      }
    </p>
    ${matrix.map((part) => siteSection(part, roles))}
    <p><a href="/account">Your account</a></p>`;
  return layout(view, 'What you may do', content);
}

function siteSection({ title, rows }: MatrixPart, roles: readonly string[]): Markup {
  return html`<section class="stack allowed">
    <h2><bdi>${title}</bdi></h2>
    <ul class="said">
      ${rows.map((row) => permissionItem(row, roles))}
    </ul>
  </section>`;
}

/** A permission with the person's roles that bring it; without one, with those that would. */
function permissionItem(
  { permission, sentence, roles: bringing }: MatrixRow,
  roles: readonly string[],
): Markup {
  const own = bringing.filter((role) => roles.includes(role));
  const isHeld = own.length > 0;
  const through = isHeld ? html`as ${inWords(own)}` : html`comes with ${orNone(bringing)}`;
  return html`<li class="${isHeld ? 'yes' : 'no'}">
    <span>
      ${isHeld ? '' : 'Not: '}${sentence}
      <span class="muted small-print"><code class="code">${permission}</code> ${through}</span>
    </span>
  </li>`;
}

const orNone = (roles: readonly string[]) => (roles.length === 0 ? 'no role' : inWords(roles));

const inWords = (roles: readonly string[]): Markup =>
  html`${roles.map((role, index) => html`${index === 0 ? '' : ', '}<bdi>${role}</bdi>`)}`;
