import { describe, expect, it } from 'vitest';
import { readTracked } from './tracked.ts';

/** The requirements of level 1 and 2 in OWASP ASVS 5.0: section → how many it has; level 3 stands between or after. */
const sections: Readonly<Record<string, readonly number[]>> = {
  '7.1': [1, 2, 3],
  '7.2': [1, 2, 3, 4],
  '7.3': [1, 2],
  '7.4': [1, 2, 3, 4, 5],
  '7.5': [1, 2],
  '7.6': [1, 2],
  '9.1': [1, 2, 3],
  '9.2': [1, 2, 3, 4],
  '10.1': [1, 2],
  '10.2': [1, 2],
  '10.3': [1, 2, 3, 4],
  '10.4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  '10.5': [1, 2, 3, 4, 5],
  '10.6': [1, 2],
  '10.7': [1, 2, 3],
};

const text = readTracked('docs/threats/asvs.md');
const rows = [
  ...text.matchAll(/^\| (\d+\.\d+\.\d+) +\| (\S.*?) +\| (Met|Not applicable|Open) +\| (\S.*?) +\|$/gm),
].map(([, number = '', , state = '', where = '']) => ({ number, state, where }));

const count = (state: string) => rows.filter((row) => row.state === state).length;

describe('docs/threats/asvs.md', () => {
  it('answers every requirement of level 1 and 2 in V7, V9 and V10, once', () => {
    const expected = Object.entries(sections).flatMap(([section, numbers]) =>
      numbers.map((number) => `${section}.${number}`),
    );
    expect(rows.map(({ number }) => number)).toEqual(expected);
  });

  it('counts right', () => {
    expect(text.replaceAll('\n', ' ')).toContain(
      `${count('Met')} are met, ${count('Not applicable')} not applicable, ${count('Open')} open`,
    );
  });

  it.each(rows.filter(({ number, state }) => state === 'Met' && !number.startsWith('7.1.')))(
    '$number names the file that meets it',
    ({ where }) => {
      expect(where).toMatch(/`[^`]+\.tsx?`/);
    },
  );
});
