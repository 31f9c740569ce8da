import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../css/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');

type Tokens = Readonly<Record<string, string>>;

/** The custom properties that rules with this selector declare. */
function tokensOf(sheet: string, selector: string): Tokens {
  const rules = sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g);
  const bodies = [...rules].filter(([, selectors = '']) => selectors.includes(selector));
  const declarations = bodies.flatMap(([, , body = '']) => [
    ...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g),
  ]);
  return Object.fromEntries(declarations.map(([, name, value]) => [name, value]));
}

const channel = (hex: string) => {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(color.slice(at, at + 2)));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const text = ['ink', 'ink-soft', 'ink-muted', 'accent', 'accent-strong'].flatMap((ink) =>
  ['paper', 'surface', 'sunken'].map((ground) => [ink, ground, 4.5] as const),
);
const pairs = [
  ...text,
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['good', 'good-soft', 4.5],
  ['bad', 'bad-soft', 4.5],
  ['ink', 'good-soft', 4.5],
  ['ink', 'bad-soft', 4.5],
  ['ink', 'info-soft', 4.5],
  ['on-bad', 'bad', 4.5],
  ['bad', 'surface', 4.5],
  // The edge of a field or quiet button has to be seen (WCAG 1.4.11).
  ['line-strong', 'surface', 3],
  ['line-strong', 'paper', 3],
] as const;

describe.each(['idp', 'shop', 'blog'])('the colours of %s', (site) => {
  const selector = `html[data-site='${site}']`;
  const lightTokens: Tokens = { ...tokensOf(light, ':root'), ...tokensOf(light, selector) };
  const darkTokens: Tokens = { ...lightTokens, ...tokensOf(dark, ':root'), ...tokensOf(dark, selector) };

  it.each(pairs)('%s on %s reach %d:1 in light and in dark', (ink, ground, least) => {
    for (const tokens of [lightTokens, darkTokens]) {
      expect(contrast(tokens[ink] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(least);
    }
  });
});
