export { MemberPrice } from './member-price.tsx';
export { priceText } from './price-text.ts';
export { StockBadge } from './stock-badge.tsx';
export { stockText } from './stock-text.ts';
