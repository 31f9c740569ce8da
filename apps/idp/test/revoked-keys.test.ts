import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_RELOAD_SECONDS } from '../src/foundation/lifetimes.ts';
import { revokeKey } from '../src/keys/revocation.ts';
import { findIdTokenHint } from '../src/protocol/id-token-hint.ts';
import { BLOG_API, ISSUER, SHOP_API } from './registrations.ts';
import {
  authorizePath,
  errorOf,
  openTestProvider,
  type TestProvider,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { testSealer } from './test-sealer.ts';
import { isActive, userinfo } from './token-requests.ts';

const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const exchangeForm = (subject_token: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: BLOG_API,
});

/** What a node believes of tokens that a key signed. */
async function believes(node: TestProvider, { own, forShop }: { own: Tokens; forShop: Tokens }) {
  const jwks = await (await node.fetch(new Request(`${ISSUER}/jwks`))).text();
  return {
    published: jwks.includes(kidOf(own.access_token)),
    userinfo: (await userinfo(node, own.access_token)).status,
    introspection: await isActive(node, forShop.access_token),
    exchange: (await node.token(exchangeForm(forShop.access_token))).status,
    hint: (await findIdTokenHint(node.provider, own.id_token)) !== undefined,
  };
}

const ALL = { published: true, userinfo: 200, introspection: true, exchange: 200, hint: true };
const NONE = { published: false, userinfo: 401, introspection: false, exchange: 400, hint: false };

describe('T-39 what a revoked key signed', () => {
  let folder: string;
  let nodes: readonly [TestProvider, TestProvider];
  let tokens: { own: Tokens; forShop: Tokens };
  const open = () => openTestProvider({ DATABASE_URL: `file:${join(folder, 'idp.sqlite')}` });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-revoked-'));
    nodes = [await open(), await open()];
    const [one] = nodes;
    tokens = {
      own: await tokensFor(one),
      forShop: await tokensFor(one, authorizePath({ resource: SHOP_API })),
    };
  });
  afterAll(async () => {
    for (const node of nodes) await node[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const revoke = async (kid: string) => {
    const { store, clock } = nodes[0].provider;
    await revokeKey({ store, sealer: testSealer, clock, leadSeconds: 305 }, kid);
  };

  it('counts until then, and is remembered by both nodes', async () => {
    for (const node of nodes) expect(await believes(node, tokens)).toEqual(ALL);
  });

  it('counts nowhere at the next look of each node at its keys, which comes after five seconds', async () => {
    const { own } = tokens;
    await revoke(kidOf(own.access_token));
    expect(kidOf(own.id_token)).toBe(kidOf(own.access_token));
    expect(KEY_RELOAD_SECONDS).toBe(5);
    for (const node of nodes) {
      await node.provider.keys.rotateDueKeys();
      expect(await believes(node, tokens)).toEqual(NONE);
      const revoked = node.events.flatMap((event) => (event.type === 'key.revoked' ? event.kid : []));
      expect(revoked).toEqual([kidOf(own.access_token)]);
    }
  });

  it('signs nobody in as a hint', async () => {
    const [one] = nodes;
    const path = authorizePath({ id_token_hint: tokens.own.id_token, prompt: 'none' });
    const answer = await one.browser().get(path);
    expect(answer.headers.get('location')).toContain('error=login_required');
  });

  it('is replaced without a sign-in: the refresh token gives tokens of the next key', async () => {
    const [one, two] = nodes;
    const form = { grant_type: 'refresh_token', refresh_token: tokens.own.refresh_token };
    const fresh: Tokens = await (await one.token(form)).json();
    expect(kidOf(fresh.access_token)).not.toBe(kidOf(tokens.own.access_token));
    expect((await userinfo(two, fresh.access_token)).status).toBe(200);
    expect(await errorOf(two.token(exchangeForm(tokens.forShop.access_token)))).toBe('400 invalid_request');
  });

  it('never counts again: after rotations, a sweep and a restart', async () => {
    const [one] = nodes;
    await one.provider.keys.rotate('ES256');
    await one.provider.store.sweep(one.provider.clock() + 40 * 86_400);
    const restarted = await open();
    for (const node of [...nodes, restarted]) {
      await node.provider.keys.reload();
      expect(await believes(node, tokens)).toEqual(NONE);
    }
    await restarted[Symbol.asyncDispose]();
  });
});
