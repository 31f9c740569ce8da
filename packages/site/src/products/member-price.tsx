import { priceText } from './price-text.ts';

interface MemberPriceProps {
  /** Whole cents. */
  readonly listCents: number;
  /** Whole cents. */
  readonly memberCents: number;
}

/** The price a member pays, and the list price crossed out beside it. */
export function MemberPrice({ listCents, memberCents }: MemberPriceProps) {
  return (
    <>
      <strong>{priceText(memberCents)}</strong>
      <span className="badge accent">Member price</span>
      <del>
        <span className="visually-hidden">List price </span>
        {priceText(listCents)}
      </del>
    </>
  );
}
