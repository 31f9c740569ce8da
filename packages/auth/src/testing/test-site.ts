import type { AccessContract } from '../access/index.ts';
import {
  createRelyingParty,
  type RelyingParty,
  type RelyingPartyOptions,
  type UpdatedSession,
} from '../client/index.ts';
import { type AuthEvent, randomId } from '../foundation/index.ts';
import { createTestBrowser, type TestBrowser } from './browser/test-browser.ts';
import { createTestIssuer, type TestIssuer } from './issuer/test-issuer.ts';
import type { TestIssuerOptions } from './issuer/test-issuer-options.ts';

/** A relying party wired to a test issuer, a browser in front of it, and everything it observed. */
export interface TestSite {
  readonly issuer: TestIssuer;
  readonly site: RelyingParty;
  readonly browser: TestBrowser;
  /** Every event so far, oldest first. */
  readonly events: readonly AuthEvent[];
  /** Requests a page as the browser would, through a proxy that updates the session; the browser keeps the changed cookies. */
  requestPage(browser?: TestBrowser, site?: RelyingParty): Promise<UpdatedSession<string>>;
  /** Another browser, with cookies of its own. */
  newBrowser(): TestBrowser;
  /** The same site in another process: same keys and options, memory of its own. */
  newProcess(): RelyingParty;
  /** The options that the site was made with, to make one that differs. */
  readonly options: TestSiteOptions;
}

type TestSiteOptions = RelyingPartyOptions<AccessContract, string>;

/** @example `const { browser, site } = await openTestSite({ silentSignIn: true }); await browser.signIn();` */
export async function openTestSite(
  options: Partial<TestSiteOptions> = {},
  issuerOptions: TestIssuerOptions = {},
): Promise<TestSite> {
  const issuer = await createTestIssuer(issuerOptions);
  const events: AuthEvent[] = [];
  const all: TestSiteOptions = {
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    clientSecret: 'app-secret',
    baseUrl: 'https://app.example',
    audience: issuer.audience,
    sessionKeys: [randomId(32)],
    fetch: issuer.fetch,
    clock: issuer.clock,
    observe: (event) => events.push(event),
    ...options,
  };
  const site = createRelyingParty(all);
  const newBrowser = () => createTestBrowser({ handler: site.handler, baseUrl: all.baseUrl, issuer });
  const newProcess = () => createRelyingParty(all);
  const browser = newBrowser();
  return {
    issuer,
    site,
    browser,
    events,
    requestPage: (from = browser, process = site) => requestPage(from, process),
    newBrowser,
    newProcess,
    options: all,
  };
}

async function requestPage(browser: TestBrowser, site: RelyingParty): Promise<UpdatedSession<string>> {
  const updated = await site.updateSession(browser.request('/'));
  const headers = new Headers();
  for (const { line } of updated.cookies) headers.append('set-cookie', line);
  browser.keep(new Response(null, { headers }));
  return updated;
}
