import { utcTime } from '../time.ts';
import { type ClaimMeaning, claimMeaning, claimOrder, type TokenKind } from './claim-meanings.ts';

/** One claim, ready to be shown. */
export interface ClaimRow extends ClaimMeaning {
  readonly name: string;
  readonly value: string;
}

const moments = new Set(['exp', 'nbf', 'iat', 'auth_time', 'updated_at']);

/** The claims of a token in reading order, each with its value in words, its meaning and its source. */
export function claimRows(kind: TokenKind, claims: Readonly<Record<string, unknown>>): ClaimRow[] {
  return Object.entries(claims)
    .filter(([, value]) => value !== undefined)
    .toSorted(([left], [right]) => claimOrder(kind, left) - claimOrder(kind, right))
    .map(([name, value]) => ({ name, value: valueText(name, value), ...claimMeaning(kind, name) }));
}

function valueText(name: string, value: unknown): string {
  if (typeof value === 'number' && moments.has(name)) return utcTime(value);
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) {
    return value.length === 0 ? 'none' : value.join(', ');
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return JSON.stringify(value);
}
