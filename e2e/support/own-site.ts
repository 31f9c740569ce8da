import { createRelyingParty, type RelyingParty, type RelyingPartyOptions } from '@sso/auth/client';
import type { AccessContract } from '@sso/auth/access';
import { type CookieJar, createCookieJar, requireLocation } from './cookie-jar.ts';
import { type FillForm, type Destination, browseProvider } from './provider-pages.ts';
import { NAVIGATION } from './sign-in-over-http.ts';

const BASE_URL = 'https://observatory.example';

/** How a site is registered with a provider that isn't ours. The secret has what form encoding changes. */
export const ownClient = {
  client_id: 'observatory',
  client_secret: 'a secret: with %, + and &, long enough',
  redirect_uris: [`${BASE_URL}/auth/callback`],
  post_logout_redirect_uris: [`${BASE_URL}/auth/logged-out`],
  grant_types: ['authorization_code', 'refresh_token'],
  backchannel_logout_uri: `${BASE_URL}/auth/backchannel-logout`,
  backchannel_logout_session_required: true,
};

type Options = Partial<RelyingPartyOptions<AccessContract, string>> & { readonly issuer: string };

/** A site on `@sso/auth` with one browser in front of it, without a server between them. */
export interface OwnSite {
  readonly party: RelyingParty;
  /** The same site in another process: same keys and stores, memory of its own. */
  newProcess(): RelyingParty;
  readonly jar: CookieJar;
  /** Codes of the events that tell of something refused. */
  readonly refusals: readonly string[];
  /** Moves the site's clock. */
  wait(seconds: number): void;
  /** What the browser sends when a person opens a page. */
  request(path: string, init?: RequestInit): Request;
  /** Sends it to the package and keeps the cookies. */
  visit(path: string, init?: RequestInit): Promise<Response>;
  /** Goes where the site sent the browser, through the provider as `fillForm` does; what the site answers to that. */
  follow(answer: Response | undefined, fillForm: FillForm): Promise<Response>;
  /** Deletes the site's cookies and keeps the provider's. */
  forget(): void;
  /** Opens the login and goes through the provider as `fillForm` does; what the site answers to that. */
  signIn(fillForm: FillForm, path?: string): Promise<Response>;
  /** Presses "Sign out" and goes through the provider. */
  signOut(fillForm: FillForm): Promise<Destination>;
  session(): ReturnType<RelyingParty['getSession']>;
}

/** @param clientSecret `null` for a client that has none. */
export function openOwnSite(
  options: Options,
  clientSecret: string | null = ownClient.client_secret,
): OwnSite {
  const jar = createCookieJar();
  const refusals: string[] = [];
  let skew = 0;
  const newProcess = () =>
    createRelyingParty<AccessContract, string>({
      clientId: ownClient.client_id,
      ...(clientSecret === null ? {} : { clientSecret }),
      baseUrl: BASE_URL,
      sessionKeys: [Buffer.alloc(32, 7).toString('base64url')],
      algorithms: ['RS256'],
      clock: () => Math.floor(Date.now() / 1000) + skew,
      observe: (event) => void ('code' in event && event.code !== undefined && refusals.push(event.code)),
      ...options,
    });
  const party = newProcess();
  const request = (path: string, init: RequestInit = {}) => {
    const headers = { ...NAVIGATION, ...Object.fromEntries(new Headers(init.headers)) };
    const url = new URL(path, BASE_URL);
    return new Request(url, { ...init, headers: { ...headers, cookie: jar.header(url.href) } });
  };
  const visit = async (path: string, init: RequestInit = {}) => {
    const response = await party.handler(request(path, init));
    if (!response) throw new Error(`${path} is none of the package's paths`);
    jar.store(BASE_URL, response);
    return response;
  };
  const goAway = (response: Response, fillForm: FillForm) =>
    browseProvider(jar, new URL(options.issuer).origin, requireLocation(BASE_URL, response), fillForm);
  const follow = async (answer: Response | undefined, fillForm: FillForm) => {
    if (!answer) throw new Error('the site sends the browser nowhere');
    jar.store(BASE_URL, answer);
    return visit((await goAway(answer, fillForm)).url);
  };
  return {
    party,
    newProcess,
    jar,
    refusals,
    wait: (seconds) => void (skew += seconds),
    request,
    visit,
    follow,
    forget() {
      const own = Object.values(party.cookieNames);
      const sent = jar
        .header(BASE_URL)
        .split('; ')
        .map((pair) => pair.split('=')[0] ?? '');
      for (const name of sent) if (own.some((start) => name.startsWith(start))) jar.put(BASE_URL, name);
    },
    signIn: async (fillForm, path = '/auth/login?return_to=/stars') => follow(await visit(path), fillForm),
    async signOut(fillForm) {
      const headers = { origin: BASE_URL };
      return goAway(await visit('/auth/logout', { method: 'POST', headers }), fillForm);
    },
    session: () => party.getSession(jar.header(BASE_URL)),
  };
}

/** Somebody at the foreign provider's own pages: types a name, agrees, and confirms the sign-out. */
export function fillAsForeignPerson(name: string): FillForm {
  return ([form]) => {
    if (form?.fields.get('prompt') === 'login') {
      form.fields.set('login', name);
      form.fields.set('password', 'anything');
    }
    return form;
  };
}
