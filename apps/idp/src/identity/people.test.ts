import { hash } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GOOD_NAMES, HOSTILE_NAMES } from '../../test/hostile-names.ts';
import { openStore, type Store } from '../store/index.ts';
import { createPasswordHasher } from './password-hasher.ts';
import { createPeople } from './people.ts';
import { importPeople, parsePeople } from './people-file.ts';

const weakHash = () => hash('secret words', { memoryCost: 8192, timeCost: 1 });

describe('USERS_FILE', () => {
  let store: Store;
  const passwords = createPasswordHasher();
  beforeEach(async () => {
    store = await openStore('file::memory:');
  });
  afterEach(() => store.close());

  const load = (content: unknown) => importPeople(parsePeople(content), { store, passwords, now: 1 });
  const authenticate = (username: string, password: string) =>
    createPeople({ store, passwords }).authenticate(username, password);

  it('brings in people with their claims and roles', async () => {
    expect(
      await load([
        { username: 'Ada', password: 'secret words', roles: ['member'], name: 'Ada', locale: 'en' },
      ]),
    ).toBe(1);
    expect(await authenticate('ADA ', 'secret words')).toMatchObject({
      username: 'ada',
      roles: ['member'],
      claims: { name: 'Ada', locale: 'en' },
    });
  });

  it.each([
    ['says nothing', undefined, 1000],
    ['says when they were changed elsewhere', 900, 900],
    ['says it with a fraction', 900.5, 900],
    ['names a time to come', 2000, 1000],
  ])('takes people as changed when it adds them where it %s', async (_what, updated_at, expected) => {
    await importPeople(parsePeople([{ username: 'ada', password: 'secret words', updated_at }]), {
      store,
      passwords,
      now: 1000,
    });
    const person = await store.findPersonByUsername('ada');
    expect(person?.updatedAt).toBe(expected);
    expect(person?.claims).toEqual({});
  });

  it('never changes who is there already', async () => {
    await load([{ username: 'ada', password: 'first words' }]);
    expect(await load([{ username: 'Ada', password: 'second words', roles: ['admin'] }])).toBe(0);
    expect(await authenticate('ada', 'second words')).toBeUndefined();
    expect(await authenticate('ada', 'first words')).toMatchObject({ roles: [] });
  });

  it('keeps no passphrase', async () => {
    await load([{ username: 'ada', password: 'secret words' }]);
    expect(JSON.stringify(await store.listPeople())).not.toContain('secret words');
  });

  it('U-06 takes ready hashes and makes weak ones strong at the next sign-in', async () => {
    const weak = await hash('secret words', { memoryCost: 8192, timeCost: 1 });
    await load([{ username: 'ada', password_hash: weak }]);
    expect(await authenticate('ada', 'secret words')).toBeDefined();
    expect((await store.findPersonByUsername('ada'))?.passwordHash).toContain('m=19456,t=2');
    expect(await authenticate('ada', 'secret words')).toBeDefined();
  });

  it('K-07 U-06 a passphrase that is reset while a weak hash is made strong stays, and the old one opens nothing', async () => {
    await load([{ username: 'ada', password_hash: await weakHash() }]);
    const reset = await passwords.hash('other words');
    const person = await store.findPersonByUsername('ada');
    const people = createPeople({
      store,
      passwords: {
        ...passwords,
        async hash(password) {
          const made = await passwords.hash(password);
          await store.setPasswordHash(person?.sub ?? '', reset, 2);
          return made;
        },
      },
    });
    expect(await people.authenticate('ada', 'secret words')).toBeUndefined();
    expect((await store.findPersonByUsername('ada'))?.passwordHash).toBe(reset);
    expect(await authenticate('ada', 'other words')).toBeDefined();
  });

  it('U-06 two sign-ins at once both succeed while a weak hash is made strong', async () => {
    await load([{ username: 'ada', password_hash: await weakHash() }]);
    const both = await Promise.all([
      authenticate('ada', 'secret words'),
      authenticate('ada', 'secret words'),
    ]);
    const stored = await store.findPersonByUsername('ada');
    expect(both.map((person) => person?.passwordHash)).toEqual([stored?.passwordHash, stored?.passwordHash]);
  });

  it.each([
    ['neither password nor hash', [{ username: 'ada' }]],
    ['both', [{ username: 'ada', password: 'a', password_hash: '$argon2id$x' }]],
    ['a bcrypt hash', [{ username: 'ada', password_hash: '$2b$10$x' }]],
    ['no username', [{ password: 'a' }]],
    ['an updated_at that is no number', [{ username: 'ada', password: 'a', updated_at: '2026-01-01' }]],
    [
      'a name twice, spelt differently',
      [
        { username: 'ada', password: 'a' },
        { username: 'ADA', password: 'b' },
      ],
    ],
    ['a name that is a number', [{ username: 'ada', password: 'a', name: 7 }]],
    ['no list', { username: 'ada', password: 'a' }],
  ])('refuses %s', (_what, content) => {
    expect(() => parsePeople(content)).toThrow(/person|expected/);
  });

  describe.each([
    'username',
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'family_name#ja-Kana-JP',
  ])('U-11 %s', (member) => {
    const people = (name: string) => [{ username: 'ada', password: 'a', [member]: name }];
    it.each(HOSTILE_NAMES)('can’t be %s', (_what, name) => {
      expect(() => parsePeople(people(name))).toThrow(`person 0.${member}: `);
    });

    it.each(GOOD_NAMES)('can be %s', (name) => {
      expect(parsePeople(people(name))).toHaveLength(1);
    });
  });
});
