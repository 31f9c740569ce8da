import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from './browser.ts';
import { ISSUER } from './registrations.ts';
import { authorizePath } from './test-provider.ts';
import { openToldSites, type SiteSession, type ToldSites } from './told-sites.ts';

// What the OpenID Foundation's conformance suite tries at a provider, module by module under its own names: certification
// plans back-channel logout and RP-initiated logout.

const RETURN = 'https://shop.example/auth/logged-out';

let sites: ToldSites;
beforeEach(async () => {
  sites = await openToldSites();
});
afterEach(() => sites[Symbol.asyncDispose]());

interface SignedIn extends SiteSession {
  readonly browser: Browser;
}

async function signedIn(): Promise<SignedIn> {
  const browser = sites.idp.browser();
  return { browser, ...(await sites.signInAt('shop', browser)) };
}

/** Where the end-session endpoint leads, or that it shows a page. */
async function signOut({ browser }: SignedIn, params: Record<string, string>): Promise<string> {
  const response = await browser.get(`/end-session?${new URLSearchParams(params).toString()}`);
  if (response.status !== 303) return `an error page (${response.status})`;
  const { href } = locationOf(response);
  return href.startsWith(`${ISSUER}/sign-out/`) ? 'a page that asks' : href;
}

/** What a silent request answers: an error code, or `code`. */
async function silentAnswer({ browser }: SignedIn): Promise<string> {
  const { searchParams } = locationOf(await browser.get(authorizePath({ prompt: 'none' })));
  return searchParams.get('error') ?? 'code';
}

const metadata = async (): Promise<Record<string, unknown>> =>
  (await sites.idp.fetch(new Request(`${ISSUER}/.well-known/openid-configuration`))).json();

describe('G2 back-channel logout certification profile, provider', () => {
  it('oidcc-backchannel-logout-discovery-endpoint-verification', async () => {
    expect(await metadata()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      end_session_endpoint: `${ISSUER}/end-session`,
    });
  });

  it('oidcc-backchannel-rp-initiated-logout', async () => {
    const person = await signedIn();
    const asked = { id_token_hint: person.idToken, post_logout_redirect_uri: RETURN, state: 's-1' };
    expect(await signOut(person, asked)).toBe(`${RETURN}?state=s-1`);
    await sites.idp.provider.outbox.tellDue();
    expect(sites.told).toMatchObject([{ site: 'shop', aud: 'shop', sid: person.sid }]);
    expect(await silentAnswer(person)).toBe('login_required');
  });
});

const WRONG_SIGNATURE = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUifQ.c2lnbmF0dXJl';

interface Row {
  readonly module: string;
  readonly ask: (idToken: string) => Record<string, string>;
  readonly answer: string;
  readonly isSignedOut: boolean;
}

const rows: readonly Row[] = [
  {
    module: 'oidcc-rp-initiated-logout',
    ask: (idToken) => ({ id_token_hint: idToken, post_logout_redirect_uri: RETURN, state: 's-1' }),
    answer: `${RETURN}?state=s-1`,
    isSignedOut: true,
  },
  {
    module: 'oidcc-rp-initiated-logout-no-state',
    ask: (idToken) => ({ id_token_hint: idToken, post_logout_redirect_uri: RETURN }),
    answer: RETURN,
    isSignedOut: true,
  },
  {
    module: 'oidcc-rp-initiated-logout-no-post-logout-redirect-uri',
    ask: (idToken) => ({ id_token_hint: idToken, state: 's-1' }),
    answer: `${ISSUER}/signed-out`,
    isSignedOut: true,
  },
  {
    module: 'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
    ask: (idToken) => ({ id_token_hint: idToken, post_logout_redirect_uri: 'https://shop.example/other' }),
    answer: 'an error page (400)',
    isSignedOut: false,
  },
  {
    module: 'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
    ask: (idToken) => ({ id_token_hint: idToken, post_logout_redirect_uri: `${RETURN}?foo=bar` }),
    answer: 'an error page (400)',
    isSignedOut: false,
  },
  {
    module: 'oidcc-rp-initiated-logout-modified-id-token-hint',
    ask: (idToken) => ({
      id_token_hint: `${idToken.slice(0, -6)}AAAAAA`,
      post_logout_redirect_uri: RETURN,
    }),
    answer: 'an error page (400)',
    isSignedOut: false,
  },
  {
    module: 'oidcc-rp-initiated-logout-bad-id-token-hint',
    ask: () => ({ id_token_hint: WRONG_SIGNATURE, post_logout_redirect_uri: RETURN }),
    answer: 'an error page (400)',
    isSignedOut: false,
  },
  {
    module: 'oidcc-rp-initiated-logout-no-id-token-hint',
    ask: () => ({ post_logout_redirect_uri: RETURN, state: 's-1' }),
    answer: 'an error page (400)',
    isSignedOut: false,
  },
  {
    module: 'oidcc-rp-initiated-logout-no-params',
    ask: () => ({}),
    answer: 'a page that asks',
    isSignedOut: false,
  },
  {
    module: 'oidcc-rp-initiated-logout-only-state',
    ask: () => ({ state: 's-1' }),
    answer: 'a page that asks',
    isSignedOut: false,
  },
];

describe('G2 RP-initiated logout certification profile, provider', () => {
  it('oidcc-rp-initiated-logout-discovery-endpoint-verification', async () => {
    expect(await metadata()).toMatchObject({ end_session_endpoint: `${ISSUER}/end-session` });
  });

  it.each(rows)('$module', async ({ ask, answer, isSignedOut }) => {
    const person = await signedIn();
    expect(await signOut(person, ask(person.idToken))).toBe(answer);
    expect(await silentAnswer(person)).toBe(isSignedOut ? 'login_required' : 'code');
  });
});
