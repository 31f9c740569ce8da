import { expect, it } from 'vitest';
import { priceText, stockText } from './money.ts';

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
])('%i on the shelf reads "%s"', (stock, text) => {
  expect(stockText(stock)).toBe(text);
});
