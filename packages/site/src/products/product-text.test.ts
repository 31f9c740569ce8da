import { expect, it } from 'vitest';
import { priceText } from './price-text.ts';
import { stockText } from './stock-text.ts';

it.each([
  [4900, '€49.00'],
  [5, '€0.05'],
  [123_456, '€1,234.56'],
])('%i cents read %s', (cents, text) => {
  expect(priceText(cents)).toBe(text);
});

it.each([
  [0, 'Sold out'],
  [1, 'Only 1 left'],
  [5, 'Only 5 left'],
  [6, '6 in stock'],
])('%i pieces read "%s"', (stock, text) => {
  expect(stockText(stock)).toBe(text);
});
