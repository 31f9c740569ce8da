import { describe, expect, it } from 'vitest';
import { readTracked, trackedFiles } from './tracked.ts';

/** `user.name` and its like where JSX or HTML shows them: in braces, and neither in a prop nor in a template's text. */
const SHOWN_NAME = /(.{0,5})(\{[^{}\n]*\buser\??\.(?!sub\b)\w+[^{}\n]*\})/g;

/** The names of people that a text shows outside of `<bdi>`, where one could turn the words beside it around. */
function bareNames(text: string): string[] {
  return [...text.matchAll(SHOWN_NAME)]
    .filter(([, before = '']) => !/(?:<bdi>|[=$(])$/.test(before))
    .map(([, , shown = '']) => shown);
}

const shows = (file: string) => /\.(tsx|md)$/.test(file) && !/\.(test|spec)\.tsx$/.test(file);

describe('U-11 a name from a token', () => {
  it.each(trackedFiles.filter(shows))('stands in <bdi>: %s', (file) => {
    expect(bareNames(readTracked(file))).toEqual([]);
  });

  it.each(['<p>{session.user.name}</p>', "<h1>Hello {user?.name ?? 'you'}</h1>", '<b>{data.user.email}</b>'])(
    'is found where it stands bare: %s',
    (markup) => {
      expect(bareNames(markup)).toHaveLength(1);
    },
  );

  it('may stand in <bdi>, in a prop that a component isolates, and be an identifier', () => {
    const markup = '<bdi>{user.name}</bdi><Header person={user.name} /><p>{user.sub}</p>';
    expect(bareNames(markup)).toEqual([]);
  });
});
