import { z } from 'zod';

export const MAX_REASON_LENGTH = 200;

/** Why an order is refunded: one line for people. */
export const refundReason = z
  .string()
  .trim()
  .min(1, 'say in a few words why')
  .max(MAX_REASON_LENGTH)
  .regex(/^\P{Cc}*$/u, 'must be one line');
