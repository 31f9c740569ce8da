import { describe, expect, it } from 'vitest';
import { openShopDatabase } from '../database/database.ts';
import { findProduct, listProducts } from './products.ts';

const database = await openShopDatabase(':memory:');
const stranger = { seesMemberPrices: false };
const member = { seesMemberPrices: true };

describe('the catalogue', () => {
  it('shows the products in the order of the list, each with its particulars', async () => {
    const products = await listProducts(database, stranger);
    expect(products).toHaveLength(10);
    expect(products[0]?.slug).toBe('red-headlamp');
    for (const { description, specs, priceCents } of products) {
      expect(description.length).toBeGreaterThan(1);
      expect(specs.length).toBeGreaterThan(3);
      expect(Number.isInteger(priceCents)).toBe(true);
    }
  });

  it('keeps the member price out of what a stranger is given, name and all', async () => {
    expect(JSON.stringify(await listProducts(database, stranger))).not.toContain('memberPrice');
    expect(await findProduct(database, stranger, 'flask')).not.toHaveProperty('memberPriceCents');
  });

  it('gives members a price below the list price for every product', async () => {
    for (const product of await listProducts(database, member)) {
      expect(product.memberPriceCents).toBeLessThan(product.priceCents);
    }
  });

  it('finds nothing for no names and for unknown ones', async () => {
    expect(await listProducts(database, stranger, [])).toEqual([]);
    expect(await findProduct(database, stranger, 'nothing')).toBeUndefined();
  });

  it('follows the database: what is sold is gone', async () => {
    await database.updateTable('products').set({ stock: 3 }).where('slug', '=', 'flask').execute();
    expect(await findProduct(database, stranger, 'flask')).toMatchObject({ stock: 3 });
  });
});
