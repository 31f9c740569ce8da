import { DAY } from '@sso/auth';
import type { ShopDatabase } from '../database/database.ts';
import { addQuantities } from './cart.ts';
import { type CartOwner, ownerKey, VISITORS } from './cart-owner.ts';

/** How long a visitor's cart is kept after its last change, in seconds. */
export const VISITOR_CART_SECONDS = 30 * DAY;

/**
 * Moves what somebody chose before they signed in into their own cart, beside what they had chosen elsewhere. Moving
 * twice, or from two tabs at once, moves once.
 */
export async function moveCart(database: ShopDatabase, from: CartOwner, to: CartOwner): Promise<void> {
  // A read waits for nobody: nearly always there is nothing to move.
  if (!(await hasLines(database, from))) return;
  await database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('cart_lines')
      .columns(['owner', 'slug', 'quantity', 'changed_at'])
      .expression((eb) =>
        eb
          .selectFrom('cart_lines')
          .select([eb.val(ownerKey(to)).as('owner'), 'slug', 'quantity', 'changed_at'])
          .where('owner', '=', ownerKey(from)),
      )
      .onConflict(addQuantities)
      .execute();
    await transaction.deleteFrom('cart_lines').where('owner', '=', ownerKey(from)).execute();
  });
}

async function hasLines(database: ShopDatabase, owner: CartOwner): Promise<boolean> {
  const line = await database
    .selectFrom('cart_lines')
    .select('slug')
    .where('owner', '=', ownerKey(owner))
    .limit(1)
    .executeTakeFirst();
  return line !== undefined;
}

/** How many lines all visitors' carts have together: nobody has to sign in for one, so a flood makes room for itself. */
const MAX_VISITOR_LINES = 10_000;

/** Removes the carts of visitors who stay away, and the oldest where there are too many. @param now epoch seconds */
export async function removeStaleCarts(
  database: ShopDatabase,
  now: number,
  maxLines: number = MAX_VISITOR_LINES,
): Promise<void> {
  const tooMany = await database
    .selectFrom('cart_lines')
    .select('changed_at')
    .where('owner', 'like', `${VISITORS}%`)
    .orderBy('changed_at', 'desc')
    .offset(maxLines)
    .limit(1)
    .executeTakeFirst();
  await database
    .deleteFrom('cart_lines')
    .where('owner', 'like', `${VISITORS}%`)
    .where('changed_at', '<=', Math.max(now - VISITOR_CART_SECONDS - 1, tooMany?.changed_at ?? 0))
    .execute();
}
