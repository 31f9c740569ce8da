import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizePath,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  signIn,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { locationOf } from './browser.ts';
import { openSignIn, redeem } from './waiting-pages.ts';
import { BLOG_API, ISSUER, SHOP_API } from './registrations.ts';
import { assertionForm } from './signer.ts';
import { type Engine, engines } from './engines.ts';
import { isActive, revocation, userinfo } from './token-requests.ts';

const refreshForm = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token });
const exchangeForm = (subject_token: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: BLOG_API,
});

const statuses = (answers: readonly Response[]) => answers.map(({ status }) => status);

/** F-10: every race and every ending of tokens, with requests that reach one node or the other. */
function describeNodes(open: Engine['open']): void {
  const disposal = new AsyncDisposableStack();
  let nodes: readonly [TestProvider, TestProvider];
  beforeAll(async () => {
    const DATABASE_URL = await open(disposal);
    const node = async () => disposal.use(await openTestProvider({ DATABASE_URL }));
    nodes = [await node(), await node()];
  });
  afterAll(() => disposal.disposeAsync());

  /** Ten requests at once, split between the nodes at random. */
  const race = (ask: (node: TestProvider) => Promise<Response>) =>
    Promise.all(Array.from({ length: 10 }, () => ask(nodes[Math.random() < 0.5 ? 0 : 1])));

  it.each([1, 2, 3, 4, 5])('P-05 round %i: a code is spent once', async () => {
    const form = codeForm(await signIn(nodes[0].browser()));
    const all = statuses(await race((node) => node.token(form)));
    expect(all.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    expect(all.filter((status) => status >= 500)).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])(
    'P-05 P-29 round %i: a button pressed ten times at once gives one good code',
    async () => {
      const page = await openSignIn(nodes[0]);
      const { pathname } = locationOf(await page.browser.post(page.path, page.form));
      const cookie = [...page.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answers = await race((node) =>
        node.fetch(new Request(ISSUER + pathname, { headers: { cookie } })),
      );
      const redeemed = await Promise.all(answers.map((answer) => redeem(nodes[0], locationOf(answer))));
      expect(statuses(redeemed).filter((status) => status === 200)).toHaveLength(1);
      const again = await page.browser.get(pathname);
      expect(again.status).toBe(410);
    },
  );

  it.each([1, 2, 3, 4, 5])('K-03 round %i: a refresh token gives one answer', async () => {
    const tokens = await tokensFor(nodes[0], authorizePath({ resource: SHOP_API }));
    const answers = await race((node) => node.token(refreshForm(tokens.refresh_token)));
    const texts = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect([new Set(statuses(answers)), texts.size]).toEqual([new Set([200]), 1]);
    const next: Tokens = JSON.parse([...texts][0] ?? '');
    expect((await nodes[1].token(refreshForm(next.refresh_token))).status).toBe(200);
  });

  it.each([1, 2, 3, 4, 5])(
    'K-03 round %i: a token used for different scopes gives one successor',
    async () => {
      const tokens = await tokensFor(nodes[0], authorizePath({ resource: SHOP_API }));
      const scopes = ['openid', 'openid email', 'email openid', 'openid profile email'];
      const answers = await Promise.all(
        scopes.flatMap((scope) =>
          nodes.map((node) => node.token({ ...refreshForm(tokens.refresh_token), scope })),
        ),
      );
      expect(new Set(statuses(answers))).toEqual(new Set([200]));
      const all: Tokens[] = await Promise.all(answers.map((answer) => answer.json()));
      expect(new Set(all.map((one) => one.refresh_token)).size).toBe(1);
      expect((await nodes[1].token(refreshForm(all[0]?.refresh_token ?? ''))).status).toBe(200);
    },
  );

  it('K-01 reuse at one node ends the family at the other', async () => {
    const [one, two] = nodes;
    const first = await tokensFor(one);
    const second: Tokens = await (await two.token(refreshForm(first.refresh_token))).json();
    const third: Tokens = await (await one.token(refreshForm(second.refresh_token))).json();
    expect(await errorOf(two.token(refreshForm(first.refresh_token)))).toBe('400 invalid_grant');
    expect(await errorOf(one.token(refreshForm(third.refresh_token)))).toBe('400 invalid_grant');
  });

  it('K-01 refreshing while the family ends gives at most dead tokens, and no error of ours', async () => {
    const tokens = await tokensFor(nodes[0]);
    const [[refreshed], revoked] = await Promise.all([
      race((node) => node.token(refreshForm(tokens.refresh_token))),
      revocation(nodes[1], tokens.refresh_token),
    ]);
    expect(revoked.status).toBe(200);
    const body: Partial<Tokens> = await refreshed?.json();
    for (const node of nodes) {
      expect(await isActive(node, body.refresh_token ?? 'none')).toBe(false);
      expect(await isActive(node, body.access_token ?? 'none')).toBe(false);
    }
  });

  it('P-23 a client assertion counts once, on both together', async () => {
    const form = {
      grant_type: 'client_credentials',
      resource: SHOP_API,
      ...(await assertionForm(nodes[0].provider.clock())),
    };
    const send = (node: TestProvider) =>
      node.fetch(new Request(`${ISSUER}/token`, { method: 'POST', body: new URLSearchParams(form) }));
    const all = statuses(await race(send));
    expect(all.toSorted((a, b) => a - b)).toEqual([200, ...Array.from({ length: 9 }, () => 401)]);
  });

  it('T-36 what is revoked at one node is over at the other', async () => {
    const [one, two] = nodes;
    const [mine, other] = [await tokensFor(one), await tokensFor(one)];
    expect((await userinfo(two, mine.access_token)).status).toBe(200);
    await revocation(one, mine.access_token);
    await revocation(one, other.refresh_token);
    for (const { access_token } of [mine, other]) {
      expect((await userinfo(two, access_token)).status).toBe(401);
      expect(await isActive(two, access_token)).toBe(false);
      expect(await errorOf(two.token(exchangeForm(access_token)))).toBe('400 invalid_request');
    }
    expect(await errorOf(two.token(refreshForm(other.refresh_token)))).toBe('400 invalid_grant');
  });

  it('K-07 who signs out at one node refreshes at none', async () => {
    const [one, two] = nodes;
    const tokens = await tokensFor(one);
    await one.provider.signOn.end(await sessionIdOf(one, tokens.access_token));
    expect(await errorOf(two.token(refreshForm(tokens.refresh_token)))).toBe('400 invalid_grant');
    expect((await userinfo(two, tokens.access_token)).status).toBe(401);
  });

  it('signs alike: a token of one node is one of the other', async () => {
    const [one, two] = nodes;
    const { access_token } = await tokensFor(one, authorizePath({ resource: SHOP_API }));
    expect((await two.token(exchangeForm(access_token))).status).toBe(200);
  });
}

for (const { name, skipped, open } of engines)
  describe.skipIf(skipped)(`G17 two nodes on one ${name}`, () => {
    describeNodes(open);
  });
