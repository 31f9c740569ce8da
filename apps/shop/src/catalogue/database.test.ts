import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from './database.ts';
import { listProducts } from './products.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'shop-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the shop's database", () => {
  it('is filled once, and keeps what happened since', async () => {
    const file = join(folder, 'shop.sqlite');
    const first = await openDatabase(file);
    await first.updateTable('products').set({ stock: 1 }).where('slug', '=', 'tripod').execute();
    await first.destroy();

    const second = await openDatabase(file);
    const products = await listProducts(second, { seesMemberPrices: false });
    expect(products).toHaveLength(10);
    expect(products.find(({ slug }) => slug === 'tripod')?.stock).toBe(1);
    await second.destroy();
  });

  it('is filled once when two processes meet an empty file', async () => {
    const file = join(folder, 'twice.sqlite');
    const source = new URL('database.ts', import.meta.url).href;
    const open = `const { openDatabase } = await import(${JSON.stringify(source)});
      const db = await openDatabase(${JSON.stringify(file)});
      console.log((await db.selectFrom('products').select('slug').execute()).length);`;
    const answers = await Promise.all(
      [1, 2, 3].map(() => run(process.execPath, ['--input-type=module', '-e', open])),
    );
    expect(answers.map(({ stdout }) => stdout.trim())).toEqual(['10', '10', '10']);
  });

  it('F-11 refuses a file that is no database, loudly', async () => {
    const file = join(folder, 'broken.sqlite');
    writeFileSync(file, 'this is a shopping list, not a database');
    await expect(openDatabase(file)).rejects.toThrow(/broken\.sqlite could not be brought up to date/);
  });
});
