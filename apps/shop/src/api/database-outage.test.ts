import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps } from '@sso/domains';
import type { ApiEvent } from '@sso/site/http';
import { afterAll, describe, expect, it } from 'vitest';
import { openOrdersApi, orderIn } from '../../test/open-orders-api.ts';
import { openShopDatabase } from '../database/database.ts';
import { createProductsApi } from './products-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-outage-'));
afterAll(() => rmSync(folder, { recursive: true }));

const openMissing = () => openShopDatabase(join(folder, 'missing', 'shop.sqlite'));

const permissions = ['shop:orders.create', 'shop:orders.read', 'shop:orders.refund'];
const calls = {
  list: { permissions },
  show: { permissions },
  create: {
    permissions,
    body: { lines: [{ slug: 'flask', quantity: 1 }] },
    headers: { 'idempotency-key': 'one' },
  },
  refund: { permissions, body: { reason: 'Arrived broken' } },
};

async function expectOutage(response: Response): Promise<void> {
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status: 503, error: 'temporarily_unavailable' });
}

describe('F-17 while the database is away, 503 with Retry-After is the answer to', () => {
  it.each(['list', 'show', 'create', 'refund'] as const)('the orders API: %s', async (verb) => {
    const api = await openOrdersApi({ database: openMissing });
    await expectOutage(await api.ask(verb, calls[verb], 'some'));
    expect(api.events).toEqual([{ type: 'database.unavailable', code: 'SQLITE_CANTOPEN' }]);
  });

  it.each(['list', 'show'] as const)('the products API: %s', async (verb) => {
    const { audience } = apps.shop;
    const testIssuer = await createTestIssuer({ audience });
    const { issuer, fetch, clock } = testIssuer;
    const resource = createResourceServer({ issuer, audience, access, fetch, clock });
    const events: ApiEvent[] = [];
    const observe = (event: ApiEvent) => void events.push(event);
    const baseUrl = 'https://shop.example';
    const api = createProductsApi({ resource, database: openMissing, baseUrl, observe });
    const authorization = `Bearer ${await testIssuer.accessToken({ permissions: ['shop:products.read'] })}`;
    const request = new Request(`${baseUrl}/api/products`, { headers: { authorization } });
    await expectOutage(await api[verb](request, 'flask'));
    expect(events).toEqual([{ type: 'database.unavailable', code: 'SQLITE_CANTOPEN' }]);
  });
});

it('F-17 while another process holds the database, the orders API reads, answers a write with 503, and takes it later', async () => {
  const file = join(folder, 'shop.sqlite');
  const api = await openOrdersApi({ file });
  const placed = await orderIn(await api.ask('create', calls.create));
  const another = { ...calls.create, headers: { 'idempotency-key': 'two' } };
  const other = await openShopDatabase(file);
  await other.transaction().execute(async () => {
    const [order, refund, list] = await Promise.all([
      api.ask('create', another),
      api.ask('refund', calls.refund, placed.id),
      api.ask('list', calls.list),
    ]);
    await expectOutage(order);
    await expectOutage(refund);
    expect(list.status).toBe(200);
  });
  expect((await api.ask('create', another)).status).toBe(201);
  expect((await api.ask('refund', calls.refund, placed.id)).status).toBe(200);
  await Promise.all([other.destroy(), api.database.destroy()]);
});
