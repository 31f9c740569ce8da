import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { bearer } from './bearer.ts';
import type { StackInfo } from './shared-stack.ts';
import { tokensOf } from './tokens.ts';

const placed = z.object({ order: z.object({ id: z.string() }) });

/** Orders at the shop's API with a person's token. */
export function postOrder(stack: StackInfo, token: string | undefined, slug: string): Promise<Response> {
  return fetch(`${stack.origins.shop}/api/orders`, {
    method: 'POST',
    headers: {
      ...bearer(token),
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ lines: [{ slug, quantity: 1 }] }),
  });
}

/** An order that a demo person has placed by the API. @returns its id */
export async function placeOrderAs(stack: StackInfo, username: string, slug: string): Promise<string> {
  const { access_token } = await tokensOf(stack, 'shop', username);
  const response = await postOrder(stack, access_token, slug);
  return placed.parse(await response.json()).order.id;
}
