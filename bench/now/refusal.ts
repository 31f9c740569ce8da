import { setTimeout as delay } from 'node:timers/promises';
import { openStore, type Store } from '../../apps/idp/src/store/index.ts';
import { askForToken, PERSON, startProvider } from '../logout/provider.ts';
import { percentile } from '../percentile.ts';
import { startSiteWithApi } from './api.ts';
import { access, BLOG_API } from './contract.ts';

const ROUNDS = 100;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** From the role that is taken away, as the command line writes it, to the other site's API that refuses its token. */
export async function measureRefusal(): Promise<string> {
  await using disposal = new AsyncDisposableStack();
  const blog = disposal.use(await startSiteWithApi('blog'));
  const metadata = {
    grant_types: ['authorization_code', 'refresh_token', EXCHANGE],
    resources: [BLOG_API],
    permissions: ['posts.read'],
  };
  const shop = { clientId: 'shop', metadata };
  const provider = disposal.use(await startProvider([shop, blog.registration], access));
  blog.open(provider.issuer);
  const store = await openStore(provider.databaseUrl);
  disposal.defer(() => store.close());
  await giveRole(store);
  const own = (await provider.signIn(['shop'])).tokenOf('shop');
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await giveRole(store);
    const token = await exchange(provider.issuer, own);
    if ((await blog.call(token)) !== 200) throw new Error('the blog refuses a token that is good');
    // At any moment of a second.
    await delay(Math.random() * 1000);
    const began = performance.now();
    await store.setRolesNow(PERSON.username, [], seconds());
    while ((await blog.call(token)) !== 401) await delay(5);
    times.push(performance.now() - began);
  }
  return `median ${percentile(times, 50).toFixed(0)} ms, p99 ${percentile(times, 99).toFixed(0)} ms`;
}

const seconds = () => Math.floor(Date.now() / 1000);

const giveRole = (store: Store) => store.setRoles(PERSON.username, ['reader'], seconds());

function exchange(issuer: string, subject_token: string): Promise<string> {
  return askForToken(issuer, 'shop', {
    grant_type: EXCHANGE,
    subject_token,
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    resource: BLOG_API,
  });
}
