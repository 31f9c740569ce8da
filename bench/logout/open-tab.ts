import { request as send } from 'node:http';
import { type CookieJar, createCookieJar, requireLocation, visit } from '../../e2e/support/cookie-jar.ts';
import { percentile } from '../percentile.ts';
import { type BenchProvider, fillForm, startProvider } from './provider.ts';
import { type Site, startRelyingParty } from './relying-party.ts';

const ROUNDS = 200;

/** From “Sign out” pressed at one site to the word of it in the other site's open tab. */
export async function measureOpenTab(): Promise<string> {
  await using disposal = new AsyncDisposableStack();
  const [shop, blog] = [
    disposal.use(await startRelyingParty('shop')),
    disposal.use(await startRelyingParty('blog')),
  ];
  const provider = disposal.use(await startProvider([shop.registration, blog.registration]));
  for (const site of [shop, blog]) site.open(provider.issuer);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await signOutOnce(provider, { shop, blog }));
  return `median ${percentile(times, 50).toFixed(0)} ms, p99 ${percentile(times, 99).toFixed(0)} ms`;
}

async function signOutOnce(
  provider: BenchProvider,
  { shop, blog }: { readonly shop: Site; readonly blog: Site },
): Promise<number> {
  const jar = createCookieJar();
  for (const site of [shop, blog]) await signInAt(jar, site, provider);
  const { heard } = await openStream(jar, blog);
  const began = performance.now();
  const logout = `${shop.baseUrl}/auth/logout`;
  const headers = { ...NAVIGATION, origin: shop.baseUrl };
  const away = requireLocation(logout, await visit(jar, logout, { method: 'POST', headers }));
  await visit(jar, away, { headers: NAVIGATION });
  return (await heard) - began;
}

/** What a browser says that opens a page. */
const NAVIGATION = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };

/** From the site's own login to its session, by the form where the provider shows one. */
async function signInAt(jar: CookieJar, site: Site, { issuer }: BenchProvider): Promise<void> {
  let url = `${site.baseUrl}/auth/login?return_to=/`;
  for (let hop = 0; hop < 8; hop += 1) {
    const isForm = url.startsWith(`${issuer}/sign-in/`);
    const answer = isForm ? await fillForm(jar, url) : await visit(jar, url, { headers: NAVIGATION });
    url = requireLocation(url, answer);
    if (url === `${site.baseUrl}/`) return;
  }
  throw new Error(`nobody could sign in: the browser ended at ${new URL(url).pathname}`);
}

interface OpenTab {
  /** When the stream said that the session has ended. */
  readonly heard: Promise<number>;
}

function openStream(jar: CookieJar, site: Site): Promise<OpenTab> {
  const url = `${site.baseUrl}/auth/events`;
  const heard = Promise.withResolvers<number>();
  const opened = Promise.withResolvers<OpenTab>();
  const sent = send(url, { headers: { cookie: jar.header(url), 'sec-fetch-site': 'same-origin' } });
  sent.on('error', opened.reject).on('response', (answer) => {
    if (answer.statusCode === 200) opened.resolve({ heard: heard.promise });
    else opened.reject(new Error(`the stream answers ${answer.statusCode}`));
    answer.on('data', (part) => {
      if (String(part).includes('data: changed')) heard.resolve(performance.now());
    });
  });
  sent.end();
  return opened.promise;
}
