import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { authErrorCodes } from '../../packages/auth/src/foundation/index.ts';

const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section]),
);

describe('docs/errors.md', () => {
  it.each(authErrorCodes)('explains %s: cause and fix', (code) => {
    expect(sections.get(code)).toMatch(/\*\*Cause\.\*\* \S[^]*\*\*Fix\.\*\* \S/);
  });

  it('explains nothing that is never thrown', () => {
    expect(new Set(sections.keys())).toEqual(new Set(authErrorCodes));
  });
});
