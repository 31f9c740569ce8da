import { stockText } from '../catalogue/money.ts';

export function Stock({ stock }: { readonly stock: number }) {
  return <span className={stock > 0 ? 'badge good' : 'badge'}>{stockText(stock)}</span>;
}
