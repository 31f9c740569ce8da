import { describe, expect, it } from 'vitest';
import { leastProcessorMilliseconds } from '@sso/auth/testing';
import { normalizePassword } from './normalize-password.ts';
import { findPasswordProblem } from './password-rules.ts';

const setting = { serviceName: 'Meridian', personNames: ['ada', 'Ada Lovelace', 'ada.lovelace@example.com'] };
const problemOf = (typed: string) => findPasswordProblem(normalizePassword(typed), setting);

describe('a new passphrase is taken', () => {
  it.each([
    ['four words', 'otter cobalt lantern hedge'],
    ['four words written together', 'ottercobaltlanternhedge'],
    ['only small letters, 15 of them', 'plumkettleviola'],
    ['a sentence that holds common words', 'my dog sleeps under the kitchen radiator'],
    ['a sentence that names the person', 'Ada never liked the marmalade sandwich'],
    ['random signs', '}{:?><~|=&;[]/*-+`'],
    ['random letters and digits', 'kX9vQ2mLw7Rz4TbH'],
    ['digits that follow no pattern', '8305716294058371'],
    ['another script', 'тихая выдра читает ночью'],
    ['U-05 a script without spaces, 15 characters', '静かな川獺が夜中に本を読んでいる'],
    ['U-05 emoji', '🔭🌌🪐🦦📚🕯️🧭🪵🍐🪗🧶🥾🪁🎏🧊'],
    ['U-05 spaces before, within and after', '  otter cobalt lantern  '],
    ['U-05 NUL', 'otter\0cobalt\0lantern'],
    ['U-05 64 characters', `otter cobalt lantern hedge ${'zebu quill '.repeat(4)}`.slice(0, 64)],
    ['U-05 1 024 bytes', `otter cobalt lantern hedge ${'é'.repeat(498)}x`],
  ])('U-08 %s', (_what, typed) => {
    expect(problemOf(typed)).toBeUndefined();
  });
});

describe('a new passphrase is refused', () => {
  it.each([
    ['too_short', 'nothing', ''],
    ['too_short', '14 characters', 'plumkettleviol'],
    ['too_short', 'digits, capitals and signs that make up for nothing', 'Tr0ub4dor&3'],
    ['too_short', 'letters with marks, which count once', 'e\u0301'.repeat(14)],
    ['too_short', 'emoji, which count once', '🔭🌌🪐🦦📚🧭🪵🍐🪗🧶🥾🪁🎏🧊'],
    ['too_long', '1 025 bytes', `otter cobalt lantern hedge ${'x'.repeat(998)}`],
    ['too_long', '1 026 bytes in 513 characters', 'é'.repeat(513)],
    ['too_long', 'a megabyte', 'x'.repeat(1_000_000)],
    ['repeated', 'one character', 'aaaaaaaaaaaaaaaaaaaa'],
    ['repeated', 'spaces', ' '.repeat(20)],
    ['repeated', 'a short part', 'xk7xk7xk7xk7xk7xk7'],
    ['repeated', 'a part that ends halfway', 'otterotterotterot'],
    ['repeated', 'a short passphrase twice', 'plumkettleplumkettle'],
    ['common', 'the word itself', 'passwordPASSWORD1'],
    ['common', 'the word and digits', 'Password12345678!'],
    ['common', 'letters written as digits', 'P4$$w0rd!P4ssw0rd!1'],
    ['common', 'a few of the words people take', 'monkey dragon sunshine football'],
    ['common', 'a phrase of such words', 'ThisIsMyPassword2026'],
    ['common', 'ilove and a year', 'iloveyouforever2024'],
    ['common', 'the famous one', 'correct horse battery staple'],
    ['common', 'a saying', 'The quick brown fox jumps over the lazy dog'],
    ['common', 'a saying with a tail', 'maytheforcebewithyou!1'],
    ['common', 'a keyboard row', 'qwertyuiopasdfgh'],
    ['common', 'keyboard columns', '1qaz2wsx3edc4rfv'],
    ['common', 'a zigzag', '1q2w3e4r5t6y7u8i'],
    ['common', 'a row backwards', 'poiuytrewq0987654321'],
    ['common', 'the shifted digits', '!@#$%^&*()_+!@#$'],
    ['common', 'the alphabet', 'abcdefghijklmnop'],
    ['common', 'counting', '12345678910111213'],
    ['common', 'doubled characters', '112233445566778899'],
    ['common', 'one word over and over, and a digit', `${'sunshine'.repeat(9)}7`],
    ['common', 'two long repeats', 'aaaaaaaaaabbbbbbbbbb'],
    ['common', 'letters and digits in turn', 'a1b2c3d4e5f6g7h8'],
    ['common', 'full-width letters', 'ｐａｓｓｗｏｒｄ１２３４５６７８'],
    ['common', 'accents on it', 'Pàsswörd Pässwôrd'],
    ['common', 'separators in it', 'q-w-e-r-t-y-u-i-o-p'],
    ['context_specific', 'the service’s name', 'Meridian Meridian 26'],
    ['context_specific', 'the service’s name with a year', 'meridian2026!!!!!'],
    ['context_specific', 'the person’s name', 'Ada Lovelace 1815'],
    ['context_specific', 'the e-mail address', 'ada.lovelace@example.com'],
    ['context_specific', 'name and service', 'adalovelace@Meridian'],
    ['context_specific', 'the name in disguise', 'Ad4-L0velace-of-Meridi4n'],
  ])('U-08 as %s: %s', (code, _what, typed) => {
    const problem = problemOf(typed);
    expect(problem?.code).toBe(code);
    expect(typed === '' || !problem?.message.includes(typed)).toBe(true);
  });
});

it('says what to do', () => {
  expect(problemOf('short')?.message).toBe(
    'Use at least 15 characters; this has 5. Take four or more words that have nothing to do with each other or with you.',
  );
  expect(problemOf('x'.repeat(2000))?.message).toContain('at most 1024 bytes');
});

it('knows no names where there are none', () => {
  expect(
    findPasswordProblem('otter cobalt lantern', { serviceName: '', personNames: ['', 'x y'] }),
  ).toBeUndefined();
});

it.each(['a', 'ab', 'password', '1q', 'qwerty', '\u0130', '!1', 'p4ssw0rd$', '4@8({[</369&#!1/|0', '@4(<3€'])(
  'X-16 the longest passphrase made of %j costs less than 50 ms of processor',
  async (part) => {
    const text = part.repeat(Math.floor(1024 / Buffer.byteLength(part)) - 1);
    expect(problemOf(text)?.code).not.toBe('too_long');
    expect(await leastProcessorMilliseconds(() => problemOf(text), { process })).toBeLessThan(50);
  },
);

describe('a passphrase has one form', () => {
  it.each([
    ['composed and decomposed letters are one', 'cafe\u0301 noir', 'caf\u00e9 noir'],
    ['every kind of space is one', 'a\u00a0b\u3000c\u2009d', 'a b c d'],
    ['spaces stay where they are', '  a  ', '  a  '],
    ['case stays', 'Otter', 'Otter'],
    ['compatible letters stay what they are', 'ﬁ ２', 'ﬁ ２'],
    ['control characters stay', 'a\0b\tc', 'a\0b\tc'],
  ])('U-09 %s', (_what, typed, normalized) => {
    expect(normalizePassword(typed)).toBe(normalized);
  });
});
