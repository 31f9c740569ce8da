import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsIn, writeEarlierDatabase } from '@sso/site/testing';
import { afterAll, expect, it } from 'vitest';
import { openShopDatabase } from './database.ts';
import { listOrders } from '../orders/orders.ts';
import { listProducts } from '../catalogue/products.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first two steps as they were when databases were made with them: history, never to be edited. */
const ownSteps = {
  '001-products': [
    'create table "products" ("slug" text primary key, "position" integer not null unique, "name" text not null, "kind" text not null, "summary" text not null, "description" text not null, "specs" text not null, "price_cents" integer not null, "member_price_cents" integer not null, "stock" integer default 0 not null)',
  ],
  '002-first-catalogue': [
    `insert into products values ('tripod', 0, 'Tripod', 'Support', 'Stands', 'Still', '[["Legs","3"]]', 100, 90, 1)`,
  ],
};

it("a shop's database of an earlier release opens with all its rows, and gets carts and orders beside them", async () => {
  const file = join(folder, 'shop.sqlite');
  const rows = [
    `insert into revocations values ('https://idp.example', 'sid', 'ended', 1, 4102444800)`,
    `insert into spent values ('used', 4102444800)`,
    `insert into sealed values ('refresh', 'sealed', 4102444800)`,
  ];
  writeEarlierDatabase(file, { ownSteps, rows });
  const before = rowsIn(file);
  const database = await openShopDatabase(file);
  expect(await listProducts(database, { seesMemberPrices: true })).toMatchObject([
    { slug: 'tripod', stock: 1 },
  ]);
  expect(await listOrders(database, {})).toEqual([]);
  await database.destroy();
  expect(rowsIn(file)).toMatchObject(before);
});
