import { renderToStaticMarkup } from 'react-dom/server';
import { createElement } from 'react';
import { describe, expect, it } from 'vitest';
import { MoonDisc } from './moon-disc.tsx';
import { moonAdvice, moonAt, moonName } from './moon.ts';

const at = (moment: string) => moonAt(Date.parse(moment) / 1000);
const draw = (lit: number, waxing: boolean) =>
  renderToStaticMarkup(createElement(MoonDisc, { moon: { lit, waxing } }));

describe('the Moon', () => {
  it('agrees with the worked example of Meeus, chapter 48 (12 April 1992, 0 h TD: 0.6786)', () => {
    expect(at('1992-04-12T00:00:00Z').lit).toBeCloseTo(0.6786, 2);
  });

  it.each([
    ['2024-04-08T18:21:00Z', 'new Moon'],
    ['2024-04-23T23:49:00Z', 'full Moon'],
    ['2026-08-12T17:37:00Z', 'new Moon'],
    ['2024-04-15T19:13:00Z', 'first quarter'],
    ['2024-05-01T11:27:00Z', 'last quarter'],
    ['2024-04-11T20:00:00Z', 'waxing crescent'],
    ['2024-04-27T20:00:00Z', 'waning gibbous'],
  ])('of %s is a %s', (moment, name) => {
    expect(moonName(at(moment))).toBe(name);
  });

  it('always has a word for the evening', () => {
    for (let day = 0; day < 30; day += 1)
      expect(moonAdvice(moonAt(1_800_000_000 + day * 86_400))).not.toBe('');
  });

  it('is drawn with its light on the right while it waxes, north up', () => {
    // Outer edge first (sweep 1 is the right side), then back along the terminator.
    expect(draw(0.2, true)).toContain('A40 40 0 0 1 50 90 A24.0 40 0 0 0 50 10');
    expect(draw(0.8, true)).toContain('A40 40 0 0 1 50 90 A24.0 40 0 0 1 50 10');
    expect(draw(0.2, false)).toContain('A40 40 0 0 0 50 90 A24.0 40 0 0 1 50 10');
    expect(draw(0.8, false)).toContain('A40 40 0 0 0 50 90 A24.0 40 0 0 0 50 10');
  });
});
