import { randomId, systemClock, type Clock } from '../../foundation/index.ts';
import {
  createCookieJar,
  createSealer,
  createSessionKeeper,
  defaultLifetimes,
  type Session,
  type SessionStore,
} from '../../session/index.ts';
import { forge } from '../forgeries/forge.ts';
import { createTestKey } from '../issuer/test-key-ring.ts';
import { ada, type TestPerson } from '../issuer/test-people.ts';

/** The part of Playwright's `BrowserContext` that `loginAs` uses. Playwright itself is not imported. */
export interface CookieContext {
  addCookies(cookies: BrowserCookie[]): Promise<void>;
}

export interface BrowserCookie {
  name: string;
  value: string;
  url: string;
  httpOnly: boolean;
  secure: boolean;
  sameSite: 'Lax';
  /** Integer seconds since the epoch. */
  expires: number;
}

/** The site to sign in at, with the same values as in its own configuration. */
export interface LoginAsOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly baseUrl: string;
  /** The site's first session key, base64url. */
  readonly sessionKey: string;
  /** The site's own audience: its pages decide by the permissions there. */
  readonly audience: string;
  /** Default `ada`. */
  readonly person?: TestPerson;
  /**
   * Default: one that the site's pages accept and every API refuses, because no issuer signed it. Pass a real one where the
   * site calls APIs.
   */
  readonly accessToken?: string;
  /** Default 600. Without a refresh token the session ends with its access token. */
  readonly accessTokenSeconds?: number;
  /** A real one of the provider, for a session that outlives its access token. Default: none. */
  readonly refreshToken?: string;
  /** When the person signed in, integer seconds since the epoch. Default: now. For pages with `maxAgeSeconds`. */
  readonly authTime?: number;
  /** How the person signed in. Default: absent. For pages with `acrValues`. */
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** The site's own, where it keeps sessions in one: the cookie then holds an id. */
  readonly sessionStore?: SessionStore;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/**
 * Signs a browser in at one site without any page or provider: seals a session with the site's own key, as the
 * callback would. For tests of what comes after signing in.
 *
 * @example
 * ```ts
 * import { expect, type Page, test as base } from '@playwright/test';
 *
 * const site = { issuer, clientId: 'shop', baseUrl: 'https://shop.localhost:8443', sessionKey, audience };
 * const test = base.extend<{ member: Page }>({
 *   member: async ({ context, page }, use) => {
 *     await loginAs(context, { ...site, person: { sub: 'bob', permissions: { [audience]: ['shop:prices.member'] } } });
 *     await use(page);
 *   },
 * });
 *
 * test('a member sees the prices of members', async ({ member }) => {
 *   await member.goto(site.baseUrl);
 *   await expect(member.getByText('Member price')).toBeVisible();
 * });
 * ```
 */
export async function loginAs(context: CookieContext, options: LoginAsOptions): Promise<void> {
  const { issuer, clientId, baseUrl, sessionKey, clock = systemClock, sessionStore: store } = options;
  const sealer = createSealer({ keys: [sessionKey], owner: `${issuer} ${clientId}` });
  const jar = createCookieJar(baseUrl);
  const keeper = createSessionKeeper({ sealer, jar, lifetimes: defaultLifetimes, clock, store });
  const { name, value = '' } = await keeper.save(await createTestSession(options, clock()));
  const secure = new URL(baseUrl).protocol === 'https:';
  const expires = clock() + defaultLifetimes.idleSeconds;
  await context.addCookies([{ name, value, url: baseUrl, httpOnly: true, secure, sameSite: 'Lax', expires }]);
}

async function createTestSession(options: LoginAsOptions, now: number): Promise<Session> {
  const { accessTokenSeconds = 600, refreshToken } = options;
  const sid = randomId();
  return {
    v: 1,
    id: randomId(),
    claims: claimsOf(options, sid, now),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    accessToken: options.accessToken ?? (await createUnknownToken(options, { sid, now })),
    accessTokenExpiresAt: now + accessTokenSeconds,
    refreshDueAt: now + accessTokenSeconds - defaultLifetimes.refreshBeforeSeconds,
    issuedAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: now + defaultLifetimes.absoluteSeconds,
  };
}

function claimsOf(
  { issuer, person = ada, authTime, acr, amr }: LoginAsOptions,
  sid: string,
  now: number,
): Session['claims'] {
  const how = { ...(acr === undefined ? {} : { acr }), ...(amr === undefined ? {} : { amr }) };
  return { ...person.claims, iss: issuer, sub: person.sub, sid, auth_time: authTime ?? now, ...how };
}

/** Signed with a key that nobody publishes: pages can read its claims, and every API refuses it. */
async function createUnknownToken(
  options: LoginAsOptions,
  { sid, now }: { sid: string; now: number },
): Promise<string> {
  const { issuer, clientId, audience, person = ada, accessTokenSeconds = 600 } = options;
  const signer = await createTestKey();
  const claims = {
    iss: issuer,
    sub: person.sub,
    aud: audience,
    exp: now + accessTokenSeconds,
    iat: now,
    jti: randomId(),
    client_id: clientId,
    permissions: person.permissions?.[audience] ?? [],
    sid,
  };
  return forge({ header: { alg: signer.alg, typ: 'at+jwt', kid: signer.kid }, claims, signer });
}
