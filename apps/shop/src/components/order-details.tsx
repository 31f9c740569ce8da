import { priceText } from '@sso/site/products';
import { type Fact, Facts, Notice } from '@sso/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Order, OrderLine } from '../orders/order.ts';
import { OrderStatus } from './order-status.tsx';
import { timeText } from './time-text.ts';

interface OrderDetailsProps {
  readonly order: Order;
  /** The `sub` of whoever looks. */
  readonly viewer: string;
  /** What may be done with it. */
  readonly children: ReactNode;
}

export function OrderDetails({ order, viewer, children }: OrderDetailsProps) {
  const isOwn = order.person === viewer;
  return (
    <article className="page order">
      <header className="flex flex-col gap-3">
        <p className="eyebrow">{isOwn ? 'Your order' : 'An order'}</p>
        <h1>
          Order <span className="order-id">{order.id}</span>
        </h1>
        <p>
          <OrderStatus order={order} />
        </p>
      </header>
      <Happened order={order} isOwn={isOwn} />
      <OrderTable order={order} />
      <Facts facts={factsOf(order, isOwn)} />
      {children}
      <p className="row">
        {isOwn ? <Link href="/orders">All your orders</Link> : <Link href="/support">All orders</Link>}
        <Link href="/">The list</Link>
      </p>
    </article>
  );
}

function Happened({ order: { refund }, isOwn }: { readonly order: Order; readonly isOwn: boolean }) {
  if (refund) {
    return (
      <Notice title={`Refunded on ${timeText(refund.at)}`} tone="info">
        <p>
          <bdi>{refund.reason}</bdi>
        </p>
      </Notice>
    );
  }
  if (!isOwn) return null;
  return (
    <Notice title="It is ordered" tone="good">
      Nothing was charged and nothing is on its way: this shop is a demonstration.
    </Notice>
  );
}

function factsOf(order: Order, isOwn: boolean): Fact[] {
  const by = order.personName ?? order.person;
  const prices = order.memberPrices ? 'Those of members, by shop:prices.member' : 'Those of the list';
  return [
    { term: 'Ordered on', value: timeText(order.placedAt) },
    ...(isOwn ? [] : [{ term: 'Ordered by', value: <PersonLink person={order.person} name={by} /> }]),
    { term: 'Prices', value: prices },
    ...(order.refund && !isOwn
      ? [{ term: 'Refunded through', value: <code className="code">{order.refund.through}</code> }]
      : []),
  ];
}

function PersonLink({ person, name }: { readonly person: string; readonly name: string }) {
  return (
    <Link href={`/support?${new URLSearchParams({ person })}`}>
      <bdi>{name}</bdi>
    </Link>
  );
}

function OrderTable({ order: { lines, totalCents } }: { readonly order: Order }) {
  return (
    <table className="prices">
      <caption className="visually-hidden">What was ordered</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col">Each</th>
          <th scope="col">Together</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <OrderRow key={line.slug} line={line} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            Together
          </th>
          <td>
            <strong>{priceText(totalCents)}</strong>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function OrderRow({ line: { slug, name, quantity, unitPriceCents } }: { readonly line: OrderLine }) {
  return (
    <tr>
      <th scope="row">
        {quantity} × <Link href={`/products/${slug}`}>{name}</Link>
      </th>
      <td>{priceText(unitPriceCents)}</td>
      <td>{priceText(quantity * unitPriceCents)}</td>
    </tr>
  );
}
