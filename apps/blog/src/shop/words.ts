const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Whole cents as a price: `€49.00`. */
export function priceText(cents: number): string {
  return euros.format(cents / 100);
}

/** The stock as a reader wants it: `23 in stock`, `Only 3 left`, `Sold out`. */
export function stockText(stock: number): string {
  if (stock <= 0) return 'Sold out';
  return stock <= 5 ? `Only ${stock} left` : `${stock} in stock`;
}

/** A product's slug as a readable name, for when the shop can't be asked: `Dew shield`. */
export function nameOfSlug(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
