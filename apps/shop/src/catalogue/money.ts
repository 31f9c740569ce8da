const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Whole cents as a price: `€49.00`. */
export function priceText(cents: number): string {
  return euros.format(cents / 100);
}

const FEW = 5;

/** What a shelf says: `23 in stock`, `Only 3 left`, `Sold out`. */
export function stockText(stock: number): string {
  if (stock <= 0) return 'Sold out';
  return stock <= FEW ? `Only ${stock} left` : `${stock} in stock`;
}
