import { expect, it } from 'vitest';
import { durationText, isoTime, utcTime } from './time.ts';

it.each([
  [0, '0 s'],
  [-5, '0 s'],
  [59, '59 s'],
  [60, '1 min 0 s'],
  [544, '9 min 4 s'],
  [3600, '1 h 0 min'],
  [43_199, '11 h 59 min'],
])('%i seconds are %s', (seconds, words) => {
  expect(durationText(seconds)).toBe(words);
});

it('writes a moment for people and for machines', () => {
  expect(utcTime(1_795_471_445)).toBe('2026-11-23 22:04:05 UTC');
  expect(isoTime(1_795_471_445)).toBe('2026-11-23T22:04:05.000Z');
});
