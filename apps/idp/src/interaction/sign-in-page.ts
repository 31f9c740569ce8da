import { html } from 'hono/html';
import { type ClientDisplay, clientAndProviderTiles, clientLinks } from './client-display.ts';
import { layout, type View } from './layout.ts';

export interface SignInForm {
  readonly id: string;
  readonly client: ClientDisplay;
  readonly username: string;
  /** Why the last attempt was refused. */
  readonly problem: string | undefined;
}

/** A plain HTML form: it works without JavaScript, with a keyboard and with a password manager. */
export function signInPage(view: View, form: SignInForm): Promise<string> {
  const isKnown = form.username !== '';
  const content = html`${clientAndProviderTiles(form.client)}
    <div class="stack lead">
      <h1>Sign in</h1>
      <p class="muted">
        to go on to <strong><bdi>${form.client.name}</bdi></strong>
      </p>
    </div>
    ${problemNotice(form.problem)}
    <form class="stack" method="post" action="/sign-in/${form.id}">
      <div class="field">
        <label for="username">Username</label>
        <input
          id="username"
          name="username"
          type="text"
          autocomplete="username"
          autocapitalize="none"
          autocorrect="off"
          spellcheck="false"
          required
          maxlength="200"
          value="${form.username}"
          ${form.problem ? html`aria-invalid="true" aria-describedby="problem"` : ''}
          ${isKnown ? '' : 'autofocus'}
        />
      </div>
      <div class="field">
        <label for="password">Passphrase</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ${form.problem ? html`aria-invalid="true" aria-describedby="problem"` : ''}
          ${isKnown ? 'autofocus' : ''}
        />
      </div>
      <button class="button" type="submit">Sign in</button>
    </form>
    <form method="post" action="/authorize/${form.id}/cancel">
      <button class="button quiet" type="submit">
        <span>Cancel and go back to <bdi>${form.client.name}</bdi></span>
      </button>
    </form>
    ${clientLinks(form.client)}`;
  return layout(view, 'Sign in', content);
}

function problemNotice(problem: string | undefined) {
  return problem === undefined
    ? ''
    : html`<div class="notice bad" role="alert" id="problem"><p>${problem}</p></div>`;
}
