import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GOOD_NAMES, HOSTILE_NAMES } from '../../test/hostile-names.ts';
import { personOf } from '../../test/store-samples.ts';
import { openStore, passwordCostOf, type Store } from '../store/index.ts';
import { openDatabase } from '../store/open-database.ts';
import { createPasswordHasher, OUR_COST } from './password-hasher.ts';
import { createPeople } from './people.ts';
import { importPeople, parsePeople } from './people-file.ts';

const HASH = `$argon2id$v=19$m=64,t=1,p=1$${'c'.repeat(22)}$${'d'.repeat(43)}`;

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

  /** What a sign-in with a wrong passphrase is checked against: the cost of each hash, in its order. */
  async function costsOf(username: string) {
    const checked: (string | undefined)[] = [];
    const watched = {
      ...passwords,
      verifyAny(hashes: readonly string[], password: string) {
        checked.push(...hashes.map(passwordCostOf));
        return passwords.verifyAny(hashes, password);
      },
    };
    const people = createPeople({ store, passwords: watched });
    expect(await people.authenticate(username, 'wrong words')).toBeUndefined();
    return checked;
  }

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

  describe('U-01 every name is checked at the same costs', () => {
    const OTHERS = [
      { memoryCost: 8192, timeCost: 1 },
      { memoryCost: 16_384, timeCost: 3, parallelism: 2 },
    ];
    const imported = async () => {
      const [weak, strong] = await Promise.all(OTHERS.map((figures) => hash('secret words', figures)));
      await load([
        { username: 'ada', password: 'secret words' },
        { username: 'weak', password_hash: weak },
        { username: 'strong', password_hash: strong },
      ]);
    };

    it('whether somebody has it or not, and whatever their stored hash costs', async () => {
      await imported();
      await store.setDisabled('strong', true, 2);
      const costs = await costsOf('nobody');
      expect(costs).toEqual([OUR_COST, '$argon2id$v=19$m=16384,t=3,p=2', '$argon2id$v=19$m=8192,t=1,p=1']);
      for (const username of ['ada', 'weak', 'strong']) expect(await costsOf(username)).toEqual(costs);
    });

    it('and each with the right passphrase still signs in, once more after their hash was renewed', async () => {
      await imported();
      for (const username of ['ada', 'weak', 'strong', 'weak'])
        expect(await authenticate(username, 'secret words')).toMatchObject({ username });
    });

    it('no longer at a cost that nobody has any more, from the next start on', async () => {
      await imported();
      await authenticate('weak', 'secret words');
      expect(await costsOf('nobody')).toHaveLength(3);
      await load([]);
      expect(await costsOf('nobody')).toEqual([OUR_COST, '$argon2id$v=19$m=16384,t=3,p=2']);
      expect(await costsOf('strong')).toEqual(await costsOf('nobody'));
    });

    it('also at one that was forgotten while its import was under way', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'idp-costs-'));
      const url = `file:${join(folder, 'idp.sqlite')}`;
      await store.close();
      store = await openStore(url);
      await imported();
      const db = openDatabase(url);
      await db.deleteFrom('password_costs').execute();
      await db.destroy();
      await costsOf('weak');
      expect(await costsOf('nobody')).toEqual(await costsOf('weak'));
      expect(await authenticate('weak', 'secret words')).toBeDefined();
      await rm(folder, { recursive: true });
    });

    it('also for somebody whose stored text is no hash', async () => {
      await store.addPerson({ ...personOf(), username: 'broken', passwordHash: '$argon2id$broken' }, 1);
      expect(await costsOf('broken')).toEqual(await costsOf('nobody'));
    });
  });

  it.each([
    ['neither password nor hash', [{ username: 'ada' }]],
    ['both', [{ username: 'ada', password: 'a', password_hash: '$argon2id$x' }]],
    ['a bcrypt hash', [{ username: 'ada', password_hash: '$2b$10$x' }]],
    ['an argon2i hash', [{ username: 'ada', password_hash: HASH.replace('argon2id', 'argon2i') }]],
    ['a hash that is cut off', [{ username: 'ada', password_hash: HASH.slice(0, 60) }]],
    ['a hash that takes a gigabyte', [{ username: 'ada', password_hash: HASH.replace('m=64', 'm=1048576') }]],
    ['a hash of a hundred passes', [{ username: 'ada', password_hash: HASH.replace('t=1', 't=100') }]],
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

  it('U-01 refuses to start with hashes of so many costs that a sign-in would take too long', async () => {
    const people = [1, 2, 3, 4].map((passes) => ({
      username: `person ${passes}`,
      password_hash: HASH.replace('t=1', `t=${passes}`),
    }));
    await expect(load(people)).rejects.toThrow('5 different costs');
    expect(await load(people.slice(1))).toBe(3);
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
