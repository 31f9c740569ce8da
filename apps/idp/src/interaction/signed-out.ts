import { html } from 'hono/html';
import { randomId, sha256 } from '../foundation/secrets.ts';
import { pageResponse } from '../http/pages.ts';
import type { Provider } from '../provider.ts';
import { SHOWN_SECONDS, type ShownNotice } from '../store/index.ts';
import { layout, type Markup, type View } from './layout.ts';
import { SIGNED_OUT_SCRIPT_PATH } from './signed-out-script.ts';

/** A site that hears of the sign-out. */
interface ToldSite {
  readonly name: string;
  readonly standing: Standing;
}

/** From what has to be said first to what may be left unsaid: of several sessions at one site the first one counts. */
const STANDINGS = ['retried', 'open', 'given-up', 'no-address', 'delivered'] as const;
type Standing = (typeof STANDINGS)[number];

const WORDS: Readonly<Record<Standing, string>> = {
  retried: 'not reached yet, trying again',
  open: 'being told',
  'given-up': 'not reached in time; its session is over by now',
  'no-address': 'can’t be told from here; sign out there as well',
  delivered: 'signed out',
};

/** GET: that this browser is signed out, and, for ten minutes, which sites have been told of it. */
export async function showSignedOut(provider: Provider, view: View, request: Request): Promise<Response> {
  const cookie = provider.cookies.signedOut.read(request);
  const sites = cookie === undefined ? [] : await listToldSites(provider, cookie);
  const nonce = sites.some(isOpen) ? randomId() : undefined;
  const content = html`<h1>You’re signed out</h1>
    <div class="notice good">
      <p>Your session at <bdi>${view.serviceName}</bdi> has ended.</p>
    </div>
    ${sites.length === 0 ? '' : siteList(sites)}
    <p class="muted">On a computer that isn’t yours, close the browser as well.</p>
    ${nonce === undefined ? '' : html`<script nonce="${nonce}" src="${SIGNED_OUT_SCRIPT_PATH}" defer></script>`}`;
  return pageResponse(await layout(view, 'Signed out', content), nonce === undefined ? {} : { nonce });
}

async function listToldSites({ store, clients, clock }: Provider, cookie: string): Promise<ToldSite[]> {
  const notices = await store.listShownNotices(sha256(cookie), clock() - SHOWN_SECONDS);
  const bySite = Map.groupBy(notices, ({ clientId }) => clientId);
  return [...bySite].map(([clientId, ofSite]) => {
    const standings = ofSite.map(standingOf);
    const standing = STANDINGS.find((one) => standings.includes(one)) ?? 'open';
    return { name: clients.find(clientId)?.name ?? clientId, standing };
  });
}

function standingOf({ outcome, tries }: ShownNotice): Standing {
  return outcome ?? (tries > 0 ? 'retried' : 'open');
}

function isOpen({ standing }: ToldSite): boolean {
  return standing === 'open' || standing === 'retried';
}

function siteList(sites: readonly ToldSite[]): Markup {
  return html`<section class="stack allowed" aria-labelledby="told-heading">
    <h2 id="told-heading">Your sites</h2>
    <div id="told" class="stack" aria-live="polite">
      <ul class="said">
        ${sites.map(siteRow)}
      </ul>
      ${
        sites.some(isOpen)
          ? html`<p class="muted small-print">
              This list follows by itself. <a href="/signed-out">Look again</a>
            </p>`
          : ''
      }
    </div>
  </section>`;
}

function siteRow(site: ToldSite): Markup {
  const { name, standing } = site;
  const text = html`<span
    ><strong><bdi>${name}</bdi></strong
    >: ${WORDS[standing]}</span
  >`;
  if (isOpen(site)) return html`<li class="open" data-open>${text}</li>`;
  return html`<li class="${standing === 'delivered' ? 'yes' : 'no'}">${text}</li>`;
}
