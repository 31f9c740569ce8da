const euros = new Intl.NumberFormat('en-IE', { style: 'currency', currency: 'EUR' });

/** Whole cents as a price: `€49.00`. */
export function priceText(cents: number): string {
  return euros.format(cents / 100);
}
