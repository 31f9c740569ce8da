import { COMMON_WORDS, SEQUENCES } from './common-passwords.ts';

const WORD_BITS = 8;
const NAME_BITS = 4;
const SEQUENCE_BITS = 7;
const YEAR_BITS = 6;
const CHARACTER_BITS = 5;
const SHORTEST_SEQUENCE = 3;

/**
 * How much somebody has to guess who knows how people make passphrases: the cheapest way to put this one together
 * from common words, names, runs along the keyboard or the alphabet, repeated characters, years and, at five bits
 * each, other characters. A rough figure, for refusing what is far too low.
 *
 * @param names - Folded by {@link nameWordsOf}: what the guesser knows about the person and the service.
 */
export function estimateGuessBits(text: string, names: readonly string[]): number {
  const folded = fold(text);
  // Saying a thing again, `1122` or `otterotter`, adds next to nothing.
  const once = folded.replace(/(.{1,40}?)\1+/gu, '$1');
  return Math.min(cheapestBits(folded, names), cheapestBits(once, names));
}

/** The parts of a name or address that may turn up in a passphrase: the whole, and each word of three letters or more. */
export function nameWordsOf(name: string): string[] {
  const words = name.split(/[^\p{L}\p{N}]+/u).map(fold);
  return [...new Set([words.join(''), ...words])].filter((word) => word.length >= 3);
}

/** Case, accents, width and separators don't make a passphrase harder to guess. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\s_.,-]/gu, '');
}

/** The cheapest way from each position to the end, last position first. */
function cheapestBits(text: string, names: readonly string[]): number {
  const named = byFirstLetter(names);
  const spellings = [text, ...LEET.map((table) => Array.from(text, (one) => table[one] ?? one).join(''))];
  const bits = Array.from<number>({ length: text.length + 1 }).fill(0);
  const from = (index: number) => bits[index] ?? 0;
  // The cheapest end of a run that begins here; one that goes on may end wherever the next one may.
  let bitsAfterRun = Infinity;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    bitsAfterRun = isSequence(text.slice(at, at + SHORTEST_SEQUENCE))
      ? Math.min(from(at + SHORTEST_SEQUENCE), bitsAfterRun)
      : Infinity;
    const ways = [CHARACTER_BITS + from(at + 1), SEQUENCE_BITS + bitsAfterRun];
    if (/^(19|20)\d\d/.test(text.slice(at, at + 4))) ways.push(YEAR_BITS + from(at + 4));
    for (const spelling of spellings) {
      for (const length of lengthsAt(spelling, at, COMMON)) ways.push(WORD_BITS + from(at + length));
      for (const length of lengthsAt(spelling, at, named)) ways.push(NAME_BITS + from(at + length));
    }
    bits[at] = Math.min(...ways);
  }
  return from(0);
}

/** Pieces by their first letter: a passphrase may have a thousand places to look at. */
type WordsByFirstLetter = ReadonlyMap<string, readonly string[]>;

function byFirstLetter(pieces: readonly string[]): WordsByFirstLetter {
  return Map.groupBy(pieces, (piece) => piece.charAt(0));
}

/** How long the pieces are that stand at this place. */
function lengthsAt(text: string, at: number, pieces: WordsByFirstLetter): number[] {
  const candidates = pieces.get(text.charAt(at)) ?? [];
  return candidates.filter((piece) => text.startsWith(piece, at)).map(({ length }) => length);
}

const COMMON = byFirstLetter(COMMON_WORDS);

/** Digits and signs that stand for letters; 1 and ! are read in two ways. */
const LEET: readonly Readonly<Record<string, string>>[] = [
  { '1': 'i', '!': 'i' },
  { '1': 'l', '!': 'l' },
].map((ones) => ({
  ...ones,
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
}));

const SEQUENCE_TRIPLES: ReadonlySet<string> = new Set(
  [...SEQUENCES, ...SEQUENCES.map((line) => Array.from(line).toReversed().join(''))].flatMap((line) =>
    Array.from({ length: line.length - 2 }, (_, index) => line.slice(index, index + SHORTEST_SEQUENCE)),
  ),
);

function isSequence(triple: string): boolean {
  return SEQUENCE_TRIPLES.has(triple) || /^(.)\1\1$/u.test(triple);
}
