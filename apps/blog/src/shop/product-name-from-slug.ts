/** A product's slug as a readable name, for when the shop can't be asked: `Dew shield`. */
export function productNameFromSlug(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
