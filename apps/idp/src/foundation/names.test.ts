import { describe, expect, it } from 'vitest';
import { GOOD_NAMES, HOSTILE_NAMES } from '../../test/hostile-names.ts';
import { findNameProblem, nameProblemsIn } from './names.ts';

describe('a name', () => {
  it.each(HOSTILE_NAMES)('U-11 is refused: %s', (_what, name) => {
    expect(findNameProblem(name)).toMatch(/^(is one line|has a letter)/);
  });

  it.each(GOOD_NAMES)('is taken: %s', (name) => {
    expect(findNameProblem(name)).toBeUndefined();
  });

  it('is looked for in every language of a member, and in lists', () => {
    const content = {
      client_name: 'Files',
      'client_name#ja': '\u200b',
      'client_name#de': 7,
      contacts: ['a@b.example', '\u202e'],
      other: '\u202e',
      software_id: undefined,
    };
    const problems = nameProblemsIn(content, ['client_name', 'contacts', 'software_id']);
    expect(problems.map(([member]) => member)).toEqual(['client_name#ja', 'client_name#de', 'contacts']);
  });

  it.each([[null], ['text'], [undefined]])('is not there in %j', (content) => {
    expect(nameProblemsIn(content, ['client_name'])).toEqual([]);
  });
});
