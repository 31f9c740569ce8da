import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oauthErrorExplanations } from '../../apps/idp/src/http/error-explanations.ts';
import { authErrorCodes, errorChapters } from '../../packages/auth/src/foundation/index.ts';
import { errorsDocument } from '../errors-document.ts';

const file = new URL('../../docs/errors.md', import.meta.url);
const text = readFileSync(file, 'utf8');
const chapters = { ...errorChapters, 'Answers of the provider': oauthErrorExplanations };
const codes = Object.values(chapters).flatMap((errors) => Object.keys(errors));

describe('docs/errors.md', () => {
  it('says what the tables of errors say (update it with vitest -u)', async () => {
    const [preface = ''] = text.split(/^# Tokens$/m);
    await expect(errorsDocument(preface, chapters)).toMatchFileSnapshot(file.pathname);
  });

  it.each(codes)('explains %s: cause and fix', (code) => {
    const [, section] = readFileSync(file, 'utf8').split(`\n## ${code}\n`);
    expect(section).toMatch(/^\s*\*\*Cause\.\*\* \S[^]*?\*\*Fix\.\*\* \S/);
  });

  it('explains every code that packages/auth throws, each once', () => {
    expect(codes.toSorted()).toEqual([...authErrorCodes, ...Object.keys(oauthErrorExplanations)].toSorted());
  });
});
