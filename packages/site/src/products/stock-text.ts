const FEW = 5;

/** How many pieces are left: `23 in stock`, `Only 3 left`, `Sold out`. */
export function stockText(stock: number): string {
  if (stock <= 0) return 'Sold out';
  return stock <= FEW ? `Only ${stock} left` : `${stock} in stock`;
}
