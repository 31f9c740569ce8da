import { randomInt } from 'node:crypto';

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The address of a new post: words of its title, and a few letters of chance so that no two are alike. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const tail = Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)] ?? '').join('');
  return [...(words ?? []).join('-').slice(0, 60).split('-').filter(Boolean), tail].join('-');
}
