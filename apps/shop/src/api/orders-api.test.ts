import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idsIn, openOrdersApi, orderIn, type OrdersApiInTest } from '../../test/open-orders-api.ts';

const buyer = ['shop:orders.create', 'shop:orders.read'];
const support = ['shop:orders.read-any', 'shop:orders.refund'];
const flask = { lines: [{ slug: 'flask', quantity: 1 }] };
const reason = { reason: 'Arrived broken' };

const order = (api: OrdersApiInTest, sub = 'ada', body: unknown = flask, permissions = buyer) =>
  api.ask('create', { permissions, sub, body, headers: { 'idempotency-key': randomUUID() } });

const refund = (api: OrdersApiInTest, id: string, changes = {}) =>
  api.ask('refund', { permissions: support, sub: 'sol', body: reason, ...changes }, id);

describe('POST /api/orders', () => {
  it('answers 201 with the order and its address', async () => {
    const api = await openOrdersApi();
    const response = await order(api);
    const placed = await orderIn(response);
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe(`${api.baseUrl}/api/orders/${placed.id}`);
    expect(placed).toMatchObject({
      status: 'placed',
      url: `${api.baseUrl}/orders/${placed.id}`,
      person: 'ada',
      memberPrices: false,
      lines: [{ slug: 'flask', quantity: 1 }],
      total: { currency: 'EUR' },
    });
    expect(api.events).toEqual([
      { type: 'order.placed', order: placed.id, sub: 'ada', through: expect.any(String) },
    ]);
  });

  it('A-03 takes the price from the permission, and none from the request', async () => {
    const api = await openOrdersApi();
    const lamp = { lines: [{ slug: 'red-headlamp', quantity: 1 }] };
    const dear = await orderIn(await order(api, 'ben', lamp));
    const cheap = await orderIn(await order(api, 'ada', lamp, [...buyer, 'shop:prices.member']));
    expect([dear['total'], cheap['total']]).toMatchObject([{ amount: 4900 }, { amount: 3900 }]);
  });

  it('A-02 sent again with the same key answers the same order, and orders nothing', async () => {
    const api = await openOrdersApi();
    const call = { permissions: buyer, body: flask, headers: { 'idempotency-key': 'one' } };
    const [first, second] = [await api.ask('create', call), await api.ask('create', call)];
    expect(second.status).toBe(201);
    expect(await second.json()).toEqual(await first.json());
    expect(api.events).toHaveLength(1);
  });

  it.each<[string, object, number, string, unknown]>([
    ['no body', { text: '' }, 400, 'invalid_json', undefined],
    ['what is no JSON', { text: '{"lines":' }, 400, 'invalid_json', undefined],
    [
      'another media type',
      { headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
      undefined,
    ],
    [
      'a large body',
      { text: JSON.stringify({ ...flask, x: 'x'.repeat(17_000) }) },
      413,
      'body_too_large',
      undefined,
    ],
    ['null', { body: null }, 422, 'invalid_input', [{ pointer: '#' }]],
    ['no lines', { body: {} }, 422, 'invalid_input', [{ pointer: '#/lines' }]],
    ['an empty list', { body: { lines: [] } }, 422, 'invalid_input', [{ pointer: '#/lines' }]],
    ['a member it does not know', { body: { ...flask, price: 1 } }, 422, 'invalid_input', [{ pointer: '#' }]],
    [
      'a price of its own',
      { body: { lines: [{ slug: 'flask', quantity: 1, unitPrice: 1 }] } },
      422,
      'invalid_input',
      [{ pointer: '#/lines/0' }],
    ],
    ...[0, -1, 1.5, '1', 100, null].map((quantity): [string, object, number, string, unknown] => [
      `a quantity of ${JSON.stringify(quantity)}`,
      { body: { lines: [flask.lines[0], { slug: 'tripod', quantity }] } },
      422,
      'invalid_input',
      [{ pointer: '#/lines/1/quantity' }],
    ]),
    [
      'a product twice',
      { body: { lines: [...flask.lines, ...flask.lines] } },
      422,
      'invalid_input',
      [{ pointer: '#/lines' }],
    ],
    [
      'a product it does not have',
      { body: { lines: [...flask.lines, { slug: '__proto__', quantity: 1 }] } },
      422,
      'product_unknown',
      [{ pointer: '#/lines/1/slug' }],
    ],
    [
      'more than there is',
      { body: { lines: [...flask.lines, { slug: 'red-headlamp', quantity: 24 }] } },
      409,
      'sold_out',
      [{ pointer: '#/lines/1/quantity', detail: expect.stringContaining('only 23 left') }],
    ],
    [
      'no key',
      { headers: { 'idempotency-key': '' } },
      400,
      'idempotency_key_missing',
      [{ header: 'Idempotency-Key' }],
    ],
    [
      'a long key',
      { headers: { 'idempotency-key': 'k'.repeat(256) } },
      400,
      'idempotency_key_missing',
      [{ header: 'Idempotency-Key' }],
    ],
  ])('A-07 refuses %s with a problem that names it', async (_what, change, status, error, errors) => {
    const api = await openOrdersApi();
    const stock = await api.stockOf('flask');
    const call = { permissions: buyer, body: flask, headers: {}, ...change };
    const headers = { 'idempotency-key': 'one', ...call.headers };
    const response = await api.ask('create', { ...call, headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: 'about:blank',
      status,
      error,
      ...(errors === undefined ? {} : { errors }),
    });
    expect(await api.stockOf('flask')).toBe(stock);
  });

  it('refuses a key that stands for another order', async () => {
    const api = await openOrdersApi();
    const headers = { 'idempotency-key': 'one' };
    await api.ask('create', { permissions: buyer, body: flask, headers });
    const body = { lines: [{ slug: 'flask', quantity: 2 }] };
    const response = await api.ask('create', { permissions: buyer, body, headers });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ error: 'key_reused' });
  });
});

describe('GET /api/orders', () => {
  it('lists one’s own, page by page', async () => {
    const api = await openOrdersApi();
    for (const sub of ['ada', 'ben', 'ada', 'ada']) await order(api, sub);
    const first = await api.ask('list', { permissions: buyer, query: '?limit=2' });
    const { orders, next }: { orders: unknown[]; next: string } = await first.clone().json();
    expect(orders).toHaveLength(2);
    const rest = await api.ask('list', { permissions: buyer, query: new URL(next).search });
    const ids = [...(await idsIn(first)), ...(await idsIn(rest.clone()))];
    expect(new Set(ids).size).toBe(3);
    expect(await rest.json()).not.toHaveProperty('next');
  });

  it('lists one person’s or everybody’s for support, names included', async () => {
    const api = await openOrdersApi();
    const { id } = await orderIn(await order(api, 'ben'));
    await order(api, 'ada');
    const ask = async (query: string) => api.ask('list', { permissions: support, sub: 'sol', query });
    expect(await idsIn(await ask('?all=true'))).toHaveLength(2);
    expect(await idsIn(await ask('?person=ben'))).toEqual([id]);
    expect(await idsIn(await ask('?person=nobody'))).toEqual([]);
  });

  it.each([
    ['?person=ben&all=true', 'all'],
    ['?all=yes', 'all'],
    ['?limit=0', 'limit'],
    ['?limit=101', 'limit'],
    ['?limit=x', 'limit'],
    ['?person=', 'person'],
    ['?person=a&person=b', 'person'],
  ])('A-07 refuses %s and names the parameter', async (query, parameter) => {
    const api = await openOrdersApi();
    const response = await api.ask('list', { permissions: support, query });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_input', errors: [{ parameter }] });
  });
});

describe('an order of somebody else', () => {
  it('A-01 answers 404, as one that is not there', async () => {
    const api = await openOrdersApi();
    const { id } = await orderIn(await order(api, 'ben'));
    const [foreign, missing] = [
      await api.ask('show', { permissions: buyer }, id),
      await api.ask('show', { permissions: buyer }, 'nothing'),
    ];
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect(await foreign.json()).toEqual(await missing.json());
    expect((await api.ask('show', { permissions: buyer, sub: 'ben' }, id)).status).toBe(200);
    expect((await api.ask('show', { permissions: support, sub: 'sol' }, id)).status).toBe(200);
  });
});

describe('POST /api/orders/:id/refund', () => {
  it('refunds, says so to whoever ordered, and puts the stock back', async () => {
    const api = await openOrdersApi();
    const stock = await api.stockOf('flask');
    const { id } = await orderIn(await order(api));
    const response = await refund(api, id);
    expect(response.status).toBe(200);
    expect(await orderIn(response)).toMatchObject({ status: 'refunded', refundReason: reason.reason });
    expect(await orderIn(await api.ask('show', { permissions: buyer }, id))).toMatchObject({
      status: 'refunded',
    });
    expect(await api.stockOf('flask')).toBe(stock);
    expect(api.events.at(-1)).toMatchObject({ type: 'order.refunded', order: id, sub: 'sol' });
  });

  it('A-04 happens once: at ten at a time, one gets it', async () => {
    const api = await openOrdersApi();
    const { id } = await orderIn(await order(api));
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(api, id)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
  });

  it.each([
    ['older than five minutes', { claims: { auth_time: -331 } }],
    ['without a time', { claims: { auth_time: undefined } }],
  ])('A-05 wants a younger sign-in than one %s, and says which (RFC 9470)', async (_what, { claims }) => {
    const api = await openOrdersApi();
    const { id } = await orderIn(await order(api));
    const { auth_time } = claims;
    const then = auth_time === undefined ? undefined : api.issuer.clock() + auth_time;
    const response = await refund(api, id, { claims: { auth_time: then } });
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate');
    expect(challenge).toContain('error="insufficient_user_authentication"');
    expect(challenge).toContain('max_age="300"');
    expect(await response.json()).toMatchObject({
      error: 'insufficient_user_authentication',
      max_age: 300,
    });
    expect(await orderIn(await api.ask('show', { permissions: buyer }, id))).toMatchObject({
      status: 'placed',
    });
  });

  it.each<[string, object, string, number, string]>([
    ['no reason', { body: {} }, '#/reason', 422, 'invalid_input'],
    ['a blank reason', { body: { reason: '  ' } }, '#/reason', 422, 'invalid_input'],
    ['a reason of several lines', { body: { reason: 'a\nb' } }, '#/reason', 422, 'invalid_input'],
    ['a long reason', { body: { reason: 'a'.repeat(201) } }, '#/reason', 422, 'invalid_input'],
  ])('refuses %s and names it', async (_what, changes, pointer, status, error) => {
    const api = await openOrdersApi();
    const response = await refund(api, 'any', changes);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error, errors: [{ pointer }] });
  });

  it('answers 404 for an order that is not there', async () => {
    expect((await refund(await openOrdersApi(), 'nothing')).status).toBe(404);
  });
});
