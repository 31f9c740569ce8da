import { access } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { describePerson, people } from './demo-people.ts';

const mayPay = (username: string): boolean =>
  people
    .filter((person) => person.username === username)
    .flatMap(({ roles }) => roles)
    .some((role) => access.roles[role].some((permission) => permission === 'shop:prices.member'));

describe('the demo people', () => {
  it.each(people.map((person) => [person.username, person] as const))(
    '%s has a passphrase of 15 characters or more',
    (_, person) => {
      expect(person.password.length).toBeGreaterThanOrEqual(15);
    },
  );

  it('have names, usernames and e-mail addresses of their own', () => {
    for (const key of ['username', 'name', 'email', 'password'] as const) {
      expect(new Set(people.map((person) => person[key])).size).toBe(people.length);
    }
  });

  it('show both sides of the member price', () => {
    expect(mayPay('ada')).toBe(true);
    expect(mayPay('ben')).toBe(false);
  });

  it('have one among them whose claims are as long as they get', () => {
    const lengths = people.map((person) => JSON.stringify(person).length);
    expect(Math.max(...lengths)).toBeGreaterThan(600);
    for (const { email } of people) {
      expect(email.length).toBeLessThanOrEqual(254);
      expect(email.split('@')[0]?.length).toBeLessThanOrEqual(64);
    }
  });

  it('are one for each role, one without any, and one with all', () => {
    const roles = Object.keys(access.roles);
    const held = people.map((person) => person.roles.join());
    expect(held).toEqual(expect.arrayContaining([...roles, '', roles.join()]));
  });

  it('are described by what they may do', () => {
    expect(
      Object.fromEntries(people.map((person) => [person.username.slice(0, 4), describePerson(person)])),
    ).toEqual({
      ada: 'member: sees member prices, orders, comments',
      ben: 'reader: orders, comments',
      mira: 'editor: reads all drafts, publishes them, comments',
      sol: 'support: sees everybody’s orders, refunds them',
      noor: 'author: writes drafts, comments',
      kit: 'moderator: comments, hides comments',
      theo: 'no role: looks around as visitors do',
      wolf: 'every role: everything that anybody may do',
    });
  });
});
