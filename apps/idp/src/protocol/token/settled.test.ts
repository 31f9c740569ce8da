import { writeFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseAccess } from '../../access/access-file.ts';
import { access, BLOG_API, SHOP_API } from '../../../test/registrations.ts';
import {
  authorizePath,
  codeForm,
  signIn,
  type TestProvider,
  type Tokens,
} from '../../../test/test-provider.ts';
import { openToldSites, type ToldSites } from '../../../test/told-sites.ts';

let sites: ToldSites;
beforeEach(async () => {
  sites = await openToldSites();
});
afterEach(() => sites[Symbol.asyncDispose]());

const path = authorizePath({ resource: SHOP_API });
const refreshForm = (refresh_token: string) => ({ grant_type: 'refresh_token', refresh_token });
const exchangeForm = (subject_token: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: BLOG_API,
});

async function signedIn(username = 'ada'): Promise<Tokens> {
  const response = await sites.idp.token(codeForm(await signIn(sites.idp.browser(), path, username)));
  const tokens: Tokens = await response.json();
  return tokens;
}

async function ask(node: TestProvider, form: Record<string, string>): Promise<Tokens> {
  const response = await node.token(form);
  expect(response.status).toBe(200);
  const tokens: Tokens = await response.json();
  return tokens;
}

/** Ada loses her member prices, and the sites are told. Gives the second of that. */
async function takeAway(): Promise<number> {
  await sites.line.run('users', 'roles', 'ada', '--remove', 'member', '--add', 'reader', '--now');
  await sites.idp.provider.outbox.tellDue();
  return sites.idp.provider.clock();
}

const claimsOf = ({ access_token }: Pick<Tokens, 'access_token'>) => decodeJwt(access_token);

describe('N-07 until the second of a change is over', () => {
  it.each([
    ['a refresh', async () => refreshForm((await signedIn()).refresh_token)],
    ['an exchange', async () => exchangeForm((await signedIn()).access_token)],
    ['a code', async () => codeForm(await signIn(sites.idp.browser(), path))],
  ])('%s is held back, a second at most, and brings a token that counts', async (_what, formOf) => {
    await signedIn();
    const form = await formOf();
    const changedAt = await takeAway();
    const tokens = await ask(sites.idp, form);
    expect(claimsOf(tokens).iat).toBeGreaterThan(changedAt);
    expect(claimsOf(tokens)['permissions']).not.toContain('shop:prices.member');
    expect(sites.idp.pausedMilliseconds()).toBe(1000);
  });

  it('another node holds back too', async () => {
    const node = await sites.openNode();
    const { refresh_token } = await signedIn();
    const changedAt = await takeAway();
    node.advanceClock(changedAt - node.provider.clock());
    const tokens = await ask(node, refreshForm(refresh_token));
    expect(claimsOf(tokens).iat).toBeGreaterThan(changedAt);
    expect(node.pausedMilliseconds()).toBe(1000);
  });

  it('a node whose clock is ahead has nobody held back for longer than a second', async () => {
    const node = await sites.openNode();
    node.advanceClock(5);
    const { refresh_token } = await signedIn();
    await sites.line.run('users', 'roles', 'ada', '--remove', 'member', '--now');
    await node.provider.outbox.tellDue();
    await ask(sites.idp, refreshForm(refresh_token));
    expect(sites.idp.pausedMilliseconds()).toBe(1000);
  });

  it('nobody waits whose permissions have not changed', async () => {
    const { refresh_token } = await signedIn('ben');
    await takeAway();
    await ask(sites.idp, refreshForm(refresh_token));
    expect(sites.idp.pausedMilliseconds()).toBe(0);
  });

  it('nobody waits once it is over', async () => {
    const { refresh_token } = await signedIn();
    await takeAway();
    sites.idp.advanceClock(1);
    await ask(sites.idp, refreshForm(refresh_token));
    expect(sites.idp.pausedMilliseconds()).toBe(0);
  });

  it('the answer of a refresh from before the change is not repeated: the same successor, and a token that counts', async () => {
    const { refresh_token } = await signedIn();
    const first = await ask(sites.idp, refreshForm(refresh_token));
    const changedAt = await takeAway();
    const second = await ask(sites.idp, refreshForm(refresh_token));
    expect(second.refresh_token).toBe(first.refresh_token);
    expect(claimsOf(second).iat).toBeGreaterThan(changedAt);
    const third = await ask(sites.idp, refreshForm(refresh_token));
    expect(claimsOf(third)['permissions']).not.toContain('shop:prices.member');
  });
});

/** The file with what `member` brings now, and the same at the command line. */
async function changeFile(permissions: readonly ('shop:products.read' | 'shop:prices.member')[]) {
  const changed = { ...access, roles: { ...access.roles, member: permissions } };
  await writeFile(sites.accessFile, JSON.stringify(changed));
  sites.line.contract = parseAccess(changed);
}

describe('N-09 a change that comes while a site is being reached for the first time', () => {
  it.each([
    ['by a code', async () => codeForm(await signIn(sites.idp.browser(), path))],
    ['by an exchange', async () => exchangeForm((await signedIn()).access_token)],
  ])('%s is heeded: nobody would tell that site of it', async (_what, formOf) => {
    const form = await formOf();
    const { store } = sites.idp.provider;
    const reachClients = store.reachClients.bind(store);
    Object.assign(store, {
      reachClients: async (...reach: Parameters<typeof reachClients>) => {
        await sites.line.run('users', 'roles', 'ada', '--remove', 'member', '--now');
        return reachClients(...reach);
      },
    });
    const tokens = await ask(sites.idp, form);
    expect(claimsOf(tokens)['permissions']).toEqual([]);
  });
});

describe('N-10 a role that brings something else', () => {
  it('counts for all who have it, at every node, once it is said', async () => {
    const node = await sites.openNode();
    const { refresh_token } = await signedIn();
    await changeFile(['shop:products.read']);
    expect(await sites.line.run('roles', 'member', '--now')).toEqual([
      'member: shop:products.read (people: 1)',
      'told of 1 people; see the log of the provider for what the sites answer',
    ]);
    await sites.idp.provider.outbox.tellDue();
    expect(sites.changes.map(({ events }) => Object.values(events)[0]?.claims)).toEqual([
      { permissions: ['shop:products.read'] },
    ]);
    node.advanceClock(5);
    const tokens = await ask(node, refreshForm(refresh_token));
    expect(claimsOf(tokens)['permissions']).toEqual(['shop:products.read']);
    expect(sites.line.events).toContainEqual({ type: 'role.changed', role: 'member', people: 1 });
  });

  it('does not count before that', async () => {
    const { refresh_token } = await signedIn();
    await changeFile(['shop:products.read']);
    const tokens = await ask(sites.idp, refreshForm(refresh_token));
    expect(claimsOf(tokens)['permissions']).toContain('shop:prices.member');
  });

  it('a node with another file says so, and goes on', async () => {
    const { refresh_token } = await signedIn();
    sites.line.contract = parseAccess({ ...access, roles: { member: ['shop:products.read'] } });
    await sites.line.run('roles', 'member', '--now');
    await sites.idp.provider.outbox.tellDue();
    sites.idp.advanceClock(1);
    await ask(sites.idp, refreshForm(refresh_token));
    expect(sites.idp.events).toContainEqual({
      type: 'config.warned',
      message: expect.stringContaining('the roles in ACCESS_FILE of this node are others'),
    });
  });

  it.each([
    ['that is no JSON', 'roles: none'],
    [
      'with a permission that no audience defines',
      JSON.stringify({ ...access, roles: { member: ['new:one'] } }),
    ],
  ])('a file %s changes nothing, and is told of', async (_what, content) => {
    const { refresh_token } = await signedIn();
    await writeFile(sites.accessFile, content);
    await sites.line.run('roles', 'member', '--now');
    const tokens = await ask(sites.idp, refreshForm(refresh_token));
    expect(claimsOf(tokens)['permissions']).toContain('shop:prices.member');
    expect(sites.idp.events).toContainEqual({
      type: 'config.warned',
      message: expect.stringContaining('could not be read anew'),
    });
  });
});
