import { z } from 'zod';
import { MAX_QUANTITY } from '../cart/cart.ts';
import { refundReason } from '../orders/refund-reason.ts';

const slug = z.string().min(1).max(64);
const quantity = z.int().min(1).max(MAX_QUANTITY);

/** `POST /api/orders`. */
export const newOrder = z.strictObject({
  lines: z
    .array(z.strictObject({ slug, quantity }))
    .min(1)
    .max(50)
    .refine((lines) => new Set(lines.map((line) => line.slug)).size === lines.length, {
      message: 'a product stands twice: give each one line',
    }),
});

/** `POST /api/orders/:id/refund`. */
export const newRefund = z.strictObject({ reason: refundReason });

const orderId = z.string().min(1).max(64);

/** `GET /api/orders`. */
export const orderQuery = z.strictObject({
  person: z.string().min(1).max(255).optional(),
  all: z.literal('true').optional(),
  before: orderId.optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .optional(),
});
