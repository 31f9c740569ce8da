/** What the shop tells its log about orders: ids and decisions, never a name or a reason. */
export interface ShopEvent {
  readonly type: 'order.placed' | 'order.refunded';
  readonly order: string;
  /** Who did it. */
  readonly sub: string;
  /** The client through which they did it. */
  readonly through: string;
}

export type ObserveShop = (event: ShopEvent) => void;
