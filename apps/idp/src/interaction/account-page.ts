import type { AccessContract } from '@sso/auth/access';
import { html } from 'hono/html';
import { describeScopes } from '../consent/scope-descriptions.ts';
import { displayNameOf } from '../identity/display-name.ts';
import type { Consent, Person, SignOnSession } from '../store/index.ts';
import { layout, type Markup, type View } from './layout.ts';
import { type ClientDisplay, clientTile } from './client-display.ts';

/** A site that the person answered, by the name it goes by now. */
export interface AllowedSite {
  readonly consent: Consent;
  readonly client: ClientDisplay;
  /** Where the name leads. */
  readonly href: string | undefined;
}

/** A site of the operator’s own, for which nobody is asked. */
export interface OwnSite {
  readonly client: ClientDisplay;
  readonly href: string;
}

export interface AccountContent {
  readonly person: Person;
  readonly session: SignOnSession;
  readonly ownSites: readonly OwnSite[];
  readonly sites: readonly AllowedSite[];
  readonly access: AccessContract;
}

export function accountPage(
  view: View,
  { person, session, ownSites, sites, access }: AccountContent,
): Promise<string> {
  const content = html`<h1>Your account</h1>
    <dl class="facts">
      <dt>Signed in as</dt>
      <dd><bdi>${displayNameOf(person)}</bdi></dd>
      <dt>Username</dt>
      <dd><bdi>${person.username}</bdi></dd>
      <dt>Signed in since</dt>
      <dd>${clockTime(session.authTime)}</dd>
      <dt>Until</dt>
      <dd>${clockTime(session.expiresAt)}</dd>
    </dl>
    <p><a href="/account/access">What you may do, and through which role</a></p>
    <div class="stack">
      <form method="post" action="/sign-out">
        <button class="button" type="submit">Sign out</button>
      </form>
      <form method="post" action="/account/sign-out-everywhere">
        <button class="button quiet" type="submit" aria-describedby="everywhere">Sign out everywhere</button>
      </form>
      <p class="muted small-print" id="everywhere">
        Everywhere means in every browser and on every device. Both end your sessions at all sites as well.
      </p>
    </div>
    ${ownSites.length === 0 ? '' : siteList(ownSites)}
    <section class="stack allowed" aria-labelledby="allowed">
      <h2 id="allowed">What you allowed</h2>
      ${
        sites.length === 0
          ? noSites
          : html`<ul>
              ${sites.map((site) => allowedSite(access, site))}
            </ul>`
      }
    </section>`;
  return layout(view, 'Your account', content);
}

/** Each opens signed in: the site begins a login, and the sign-on session answers it (OIDC Core §4). */
function siteList(sites: readonly OwnSite[]): Markup {
  return html`<section class="stack allowed" aria-labelledby="sites">
    <h2 id="sites">Your sites</h2>
    <ul class="stack">
      ${sites.map(
        ({ client, href }) =>
          html`<li>
            <a class="account-choice" href="${href}">
              ${clientTile(client)}<strong><bdi>${client.name}</bdi></strong>
            </a>
          </li>`,
      )}
    </ul>
  </section>`;
}

const noSites = html`<p class="muted">
  Nothing so far. When a site of somebody else’s asks for access, your answer is kept here.
</p>`;

function allowedSite(access: AccessContract, { consent, client, href }: AllowedSite): Markup {
  const { name } = client;
  const { clientId, allowed, asked, updatedAt } = consent;
  const refused = asked.filter((scope) => !allowed.includes(scope));
  return html`<li class="allowed-site">
    ${clientTile(client)}
    <div class="stack">
      <h3>
        ${href === undefined ? html`<bdi>${name}</bdi>` : html`<a href="${href}"><bdi>${name}</bdi></a>`}
      </h3>
      <ul class="said">
        ${describeScopes(access, allowed).map(({ sentence }) => html`<li>${sentence}</li>`)}
        ${describeScopes(access, refused).map(({ sentence }) => html`<li class="no">Refused: ${sentence}</li>`)}
      </ul>
      <p class="muted small-print">Answered ${clockTime(updatedAt)}</p>
      <form method="post" action="/account/take-back">
        <input type="hidden" name="client_id" value="${clientId}" />
        <button class="button quiet small" type="submit">
          <span
            >Take back<span class="visually-hidden"> what <bdi>${name}</bdi> may</span></span
          >
        </button>
      </form>
    </div>
  </li>`;
}

/** The server doesn't know the reader's time zone, so it names its own. */
function clockTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
