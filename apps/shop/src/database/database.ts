import { openSiteDatabase } from '@sso/site/database';
import type { Kysely } from 'kysely';
import { migrations } from './migrations.ts';
import type { ShopSchema } from './schema.ts';

export type ShopDatabase = Kysely<ShopSchema>;

/**
 * Opens the shop's database and fills an empty one with the first catalogue.
 *
 * @param file a path, or `:memory:`
 * @throws Error when the file is no SQLite database or a migration fails.
 */
export function openShopDatabase(file: string): Promise<ShopDatabase> {
  return openSiteDatabase<ShopSchema>({ site: 'shop', file, migrations });
}
