import { estimateGuessBits, nameWordsOf } from './password-strength.ts';
import { MAX_PASSWORD_BYTES } from './password-hasher.ts';

/** NIST SP 800-63B-4 §3.1.1.2 for a passphrase that is the only factor; a character is a Unicode code point. */
const MIN_CHARACTERS = 15;
/** A passphrase with less than this is found too soon by somebody who tries common words and patterns first. */
const MIN_BITS = 40;

interface PasswordProblem {
  /** `context_specific`: made of names of the person or the service (NIST SP 800-63B-4 §3.1.1.2). */
  readonly code: 'too_short' | 'too_long' | 'repeated' | 'context_specific' | 'common';
  /** For the person: what is wrong and what to do. Never repeats the passphrase. */
  readonly message: string;
}

/** What a guesser knows: the service's name, and the person's username, names and e-mail address. */
interface PasswordContext {
  readonly serviceName: string;
  readonly personNames: readonly string[];
}

/**
 * What is wrong with a passphrase that somebody chooses, or undefined. There are no rules of composition (digits,
 * capitals, signs): they make passphrases weaker and people angry. Nothing is ever cut off.
 *
 * @param passphrase - As `normalizePassphrase` gives it.
 * @example
 * ```ts
 * const problem = findPassphraseProblem(normalizePassphrase(typed), { serviceName, personNames: [username, email] });
 * if (problem) return form({ problem: problem.message });
 * ```
 */
export function findPasswordProblem(
  passphrase: string,
  setting: PasswordContext,
): PasswordProblem | undefined {
  const bytes = Buffer.byteLength(passphrase);
  if (bytes > MAX_PASSWORD_BYTES) return tooLong(bytes);
  const characters = Array.from(passphrase).length;
  if (characters < MIN_CHARACTERS) return tooShort(characters);
  if (repetitionPeriodOf(passphrase) < MIN_CHARACTERS)
    return problem('repeated', 'This repeats the same few characters.');
  if (estimateGuessBits(passphrase, []) < MIN_BITS) {
    return problem('common', 'This is made of words and patterns that guessers try first.');
  }
  const names = [setting.serviceName, ...setting.personNames].flatMap(nameWordsOf);
  if (estimateGuessBits(passphrase, names) < MIN_BITS) {
    return problem('context_specific', 'This is little more than your name or the name of this service.');
  }
  return undefined;
}

const ADVICE = 'Take four or more words that have nothing to do with each other or with you.';

function problem(code: PasswordProblem['code'], message: string): PasswordProblem {
  return { code, message: `${message} ${ADVICE}` };
}

function tooShort(characters: number): PasswordProblem {
  return problem('too_short', `Use at least ${MIN_CHARACTERS} characters; this has ${characters}.`);
}

function tooLong(bytes: number): PasswordProblem {
  const message = `Use at most ${MAX_PASSWORD_BYTES} bytes, which is as many plain letters; this has ${bytes}.`;
  return { code: 'too_long', message };
}

/** After how many characters a text that repeats starts anew: `abcabcab` has 3. Its length when it never does. */
function repetitionPeriodOf(text: string): number {
  const characters = Array.from(text);
  // The failure function of Knuth, Morris and Pratt: linear, whatever the text.
  const borders = [0];
  for (let index = 1, border = 0; index < characters.length; index += 1) {
    while (border > 0 && characters[index] !== characters[border]) border = borders[border - 1] ?? 0;
    if (characters[index] === characters[border]) border += 1;
    borders.push(border);
  }
  const period = characters.length - (borders.at(-1) ?? 0);
  return period * 2 <= characters.length ? period : characters.length;
}
