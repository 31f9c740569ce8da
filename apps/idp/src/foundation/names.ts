import { z } from 'zod';

/**
 * What no name holds: control characters, halves of characters, separators of lines and paragraphs, and characters that
 * format. Those reorder or hide the words around them, so that a page seems to say something else (Unicode TR36 §2.5).
 */
const UNSHOWN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Cf}]/u;

/** Scripts such as Persian and Sinhala spell words with these joiners (U+200C, U+200D). Elsewhere they are invisible. */
const JOINER_IN_A_WORD = /(?<=\p{L}\p{M}*)[\u200c\u200d](?=\p{L})/gu;

/** Hangul fillers are letters by their category, and empty on the screen. */
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{N}]/u;

/**
 * Says what the name of a person, a client or this service has to be, where it is not: pages show it to people.
 *
 * @returns undefined for a name that can be shown
 */
export function findNameProblem(name: string): string | undefined {
  if (UNSHOWN.test(name.replaceAll(JOINER_IN_A_WORD, '')))
    return 'is one line, without control, formatting or broken characters';
  return VISIBLE.test(name) ? undefined : 'has a letter or a digit that can be seen';
}

/** A name; its length is limited where it is used. */
export const nameSchema = z.string().superRefine((name, context) => {
  const message = findNameProblem(name);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

export type NameProblem = readonly [member: string, message: string];

/**
 * What is wrong with the names among the members of an object, those in other languages included: `client_name#ja`
 * (RFC 7591 §2.2), `family_name#ja-Kana-JP` (OIDC Core §5.2).
 *
 * @param named the members that are names, or lists of names
 */
export function nameProblemsIn(content: unknown, named: readonly string[]): readonly NameProblem[] {
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content)
    .filter(([member, value]) => value !== undefined && named.includes(withoutLanguage(member)))
    .flatMap(([member, value]) => [value].flat().map((name) => [member, problemOf(name)] as const))
    .flatMap(([member, message]) => (message === undefined ? [] : [[member, message] as const]));
}

function withoutLanguage(member: string): string {
  return member.split('#', 1)[0] ?? member;
}

function problemOf(name: unknown): string | undefined {
  return typeof name === 'string' ? findNameProblem(name) : 'is text';
}
