import type { Order } from '../orders/order.ts';

interface OlderOrdersProps {
  readonly path: string;
  /** Further parameters of the list. */
  readonly query?: Readonly<Record<string, string>>;
  readonly orders: readonly Order[];
  readonly limit: number;
}

/** The way to the next page of a list of orders, where there may be one. */
export function OlderOrders({ path, query = {}, orders, limit }: OlderOrdersProps) {
  const last = orders.at(-1);
  if (!last || orders.length < limit) return null;
  return (
    <p>
      <a className="button quiet" href={`${path}?${new URLSearchParams({ ...query, before: last.id })}`}>
        Older orders
      </a>
    </p>
  );
}
