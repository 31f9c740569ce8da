import { html } from 'hono/html';
import { REQUIRED_SCOPE } from '../consent/consent-answer.ts';
import type { ScopeDescription } from '../consent/scope-descriptions.ts';
import type { Consent } from '../store/index.ts';
import { layout, type Markup, type View } from './layout.ts';
import { type ClientDisplay, clientAndProviderTiles, clientLinks } from './client-display.ts';

export interface ConsentForm {
  readonly id: string;
  /** The session it is shown to; an answer from another one counts for nothing. */
  readonly sessionId: string;
  readonly client: ClientDisplay;
  /** Where the answer goes. */
  readonly host: string;
  readonly personName: string;
  readonly asks: readonly ScopeDescription[];
  /** What the person answered this client before. */
  readonly earlier: Consent | undefined;
}

/** All that is asked for, one box each. What was refused before stays refused until somebody ticks it. */
export function consentPage(view: View, form: ConsentForm): Promise<string> {
  const { client, host, personName } = form;
  const content = html`${clientAndProviderTiles(client)}
    <div class="stack lead">
      <h1><bdi>${client.name}</bdi> asks for access</h1>
      <p class="muted">
        to the account of <strong><bdi>${personName}</bdi></strong
        >. The answer goes to <strong>${host}</strong>.
      </p>
    </div>
    <form class="stack" method="post" action="/consent/${form.id}">
      <input type="hidden" name="session" value="${form.sessionId}" />
      ${groupsOf(form.asks).map(([api, asks]) => group(form, api, asks))}
      <p class="muted small-print">
        ${form.asks.length > 1 ? 'Untick what you’d rather keep to yourself. ' : ''}You can take all of it
        back on your
        <a href="/account">account page</a>.
      </p>
      <button class="button" type="submit">Allow and go on</button>
    </form>
    <form method="post" action="/authorize/${form.id}/cancel">
      <button class="button quiet" type="submit">
        <span>Cancel and go back to <bdi>${client.name}</bdi></span>
      </button>
    </form>
    ${clientLinks(client)}`;
  return layout(view, 'A site asks for access', content);
}

function groupsOf(asks: readonly ScopeDescription[]): [string | undefined, ScopeDescription[]][] {
  return [...Map.groupBy(asks, ({ api }) => api)];
}

function group(form: ConsentForm, api: string | undefined, asks: readonly ScopeDescription[]): Markup {
  const legend = api === undefined ? 'About you' : html`In <bdi>${api}</bdi>, in your name`;
  return html`<fieldset class="asks">
    <legend>${legend}</legend>
    ${asks.map((ask) => box(form, ask))}
  </fieldset>`;
}

function box({ earlier }: ConsentForm, { name, sentence, detail }: ScopeDescription): Markup {
  const isNew = earlier !== undefined && !earlier.asked.includes(name);
  const isTicked = earlier === undefined || isNew || earlier.allowed.includes(name);
  const isFixed = name === REQUIRED_SCOPE;
  return html`<label class="ask">
    <input
      type="checkbox"
      name="allow"
      value="${name}"
      ${isTicked || isFixed ? 'checked' : ''}
      ${isFixed ? 'disabled' : ''}
    />
    <span>${sentence}${detail === undefined ? '' : html`<small><bdi>${detail}</bdi></small>`}</span>
    ${isNew ? html`<span class="badge">New</span>` : ''}
  </label>`;
}
