import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSupported, tooOld } from '../node-version.mjs';

describe('the Node version', () => {
  it.each([
    ['18.20.0', false],
    ['20.20.2', false],
    ['22.18.0', false],
    ['22.19.0', true],
    ['23.11.0', false],
    ['24.4.1', false],
    ['24.5.0', true],
    ['26.0.0', true],
  ])('%s: supported is %s', (version, supported) => {
    expect(isSupported(version)).toBe(supported);
  });

  it('is the one that package.json asks for', () => {
    const manifest: unknown = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    expect(manifest).toMatchObject({ engines: { node: '>=22.19 <23 || >=24.5' } });
  });

  it('is named in the sentence for an old one, with what to do', () => {
    expect(tooOld('20.20.2')).toMatch(
      /^Node 20\.20\.2 is too old.*install Node 24 from https:\/\/nodejs\.org/,
    );
  });
});
