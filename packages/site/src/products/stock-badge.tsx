import { stockText } from './stock-text.ts';

export function StockBadge({ stock }: { readonly stock: number }) {
  return <span className={stock > 0 ? 'badge good' : 'badge'}>{stockText(stock)}</span>;
}
