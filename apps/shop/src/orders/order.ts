/** An order as pages and API show it. Money is whole cents of a euro, time epoch seconds. */
export interface Order {
  readonly id: string;
  /** The `sub` of whoever ordered. */
  readonly person: string;
  /** Their name at that time, where the shop knew it. */
  readonly personName: string | undefined;
  readonly placedAt: number;
  /** Whether the prices were those of members. */
  readonly memberPrices: boolean;
  readonly lines: readonly OrderLine[];
  readonly totalCents: number;
  /** Undefined for an order that stands. */
  readonly refund: Refund | undefined;
}

export interface OrderLine {
  readonly slug: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
}

export interface Refund {
  readonly at: number;
  /** The `sub` of the member of staff. */
  readonly by: string;
  /** The client through which they did it. */
  readonly through: string;
  readonly reason: string;
}

export function totalCents(lines: readonly Pick<OrderLine, 'quantity' | 'unitPriceCents'>[]): number {
  return lines.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0);
}
