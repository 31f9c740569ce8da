import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../../../test/command-line.ts';
import { HOSTILE_NAMES } from '../../../test/hostile-names.ts';
import { NOW, personOf, sessionOf } from '../../../test/store-samples.ts';
import { createPasswordHasher } from '../../identity/password-hasher.ts';
import { openStore } from '../../store/index.ts';
import { parseClaims } from './claims.ts';

const GOOD = 'marble turbine oatmeal cassette';

describe('pnpm idp users', () => {
  let folder: string;
  let databaseUrl: string;
  let line: CommandLine;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-cli-'));
    databaseUrl = `file:${join(folder, 'idp.sqlite')}`;
    line = createCommandLine(databaseUrl);
    await using(async (store) => {
      await store.addPerson({ ...personOf(), sub: 'sub-ada', username: 'ada', roles: ['reader'] }, 1);
      await store.openSession(
        { ...sessionOf('sub-ada'), id: 'session-ada', expiresAt: line.now + 100 },
        'cookie',
        personOf().passwordHash,
      );
    });
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function using<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
    const store = await openStore(databaseUrl);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
  const findAda = () => using((store) => store.findPersonByUsername('ada'));
  const findSession = () => using((store) => store.findSession('session-ada', NOW));

  it('list says who there is', async () => {
    expect(await line.run('users', 'list')).toEqual(['ada  reader  sub-ada']);
  });

  it('show says what is known, and no hash', async () => {
    const said = await line.run('users', 'show', 'ADA');
    expect(said).toContain('claim     name="Ada"');
    expect(said.join()).not.toContain('argon2');
  });

  it('roles gives, takes and shows', async () => {
    const words = ['--add', 'editor', '--add', 'member', '--remove', 'reader'];
    expect(await line.run('users', 'roles', 'Ada', ...words)).toEqual(['ada: editor, member']);
    expect(await line.run('users', 'roles', 'ada')).toEqual(['ada: editor, member']);
    expect(line.events).toEqual([{ type: 'roles.changed', sub: 'sub-ada', roles: ['editor', 'member'] }]);
    const rest = ['--remove', 'editor', '--remove', 'member'];
    expect(await line.run('users', 'roles', 'ada', ...rest)).toEqual(['ada: no roles']);
  });

  it('N-09 roles --now goes with a change, and tells the sites of it', async () => {
    await expect(line.run('users', 'roles', 'ada', '--now')).rejects.toThrow(/--now goes with/);
    const words = ['--add', 'editor', '--now'];
    expect(await line.run('users', 'roles', 'ada', ...words)).toEqual(['ada: reader, editor']);
    expect(line.events).toEqual([{ type: 'roles.changed', sub: 'sub-ada', roles: ['reader', 'editor'] }]);
  });

  it('add takes a passphrase from whoever types, and claims by name', async () => {
    line.passphrase = GOOD;
    const claims = ['--claim', 'name=Ben = Benjamin', '--claim', 'email_verified=true'];
    const [said = ''] = await line.run('users', 'add', ' BEN ', '--role', 'reader', ...claims);
    const ben = await using((store) => store.findPersonByUsername('ben'));
    expect(said).toBe(`ben can sign in; sub ${ben?.sub ?? ''}`);
    expect(ben).toMatchObject({
      roles: ['reader'],
      claims: { name: 'Ben = Benjamin', email_verified: true },
    });
    expect(await createPasswordHasher().verifyAny([ben?.passwordHash ?? ''], GOOD)).toBe(true);
    expect(line.events).toEqual([{ type: 'person.added', sub: ben?.sub }]);
  });

  it.each([
    ['a username that is taken', ['ada'], GOOD, /Somebody has the username "ada" already/],
    ['an empty username', [' '], GOOD, /1 to 200 characters/],
    ['a claim nobody knows', ['ben', '--claim', 'role=admin'], GOOD, /"role" is no claim/],
    ['the sub as a claim', ['ben', '--claim', 'sub=x'], GOOD, /"sub" is no claim/],
    ['a flag that is neither', ['ben', '--claim', 'email_verified=yes'], GOOD, /true or false/],
    ['a claim without value', ['ben', '--claim', 'name'], GOOD, /needs a value/],
    ['U-08 a short passphrase', ['ben'], 'canary', /can’t be used\. Use at least 15/],
    ['U-08 a common one', ['ben'], 'passwordpassword', /can’t be used/],
    ['U-08 the own name', ['canary-benjamin'], 'canary-benjamin1', /can’t be used/],
  ])('add refuses %s', async (_what, words, passphrase, message) => {
    line.passphrase = passphrase;
    await expect(line.run('users', 'add', ...words)).rejects.toThrow(message);
    await expect(line.run('users', 'list')).resolves.toHaveLength(1);
  });

  describe.each(['name', 'given_name', 'family_name', 'middle_name', 'nickname'])(
    'U-11 --claim %s',
    (claim) => {
      it.each(HOSTILE_NAMES)('can’t be %s', (_what, name) => {
        expect(() => parseClaims([`${claim}=${name}`])).toThrow(`--claim ${claim} `);
      });
    },
  );

  it.each(HOSTILE_NAMES)('U-11 add refuses a username that is %s', async (_what, name) => {
    line.passphrase = GOOD;
    await expect(line.run('users', 'add', '--', name)).rejects.toThrow(/A username (is|has)/);
  });

  it('G19 never repeats a passphrase', async () => {
    line.passphrase = 'canary canary canary';
    await expect(line.run('users', 'add', 'ben')).rejects.toThrow(expect.not.stringContaining('canary'));
  });

  it('K-07 set-passphrase changes it and signs the person out', async () => {
    line.passphrase = GOOD;
    expect(await line.run('users', 'set-passphrase', 'ada')).toEqual([
      'ada has another passphrase; sessions ended: 1',
    ]);
    expect(await createPasswordHasher().verifyAny([(await findAda())?.passwordHash ?? ''], GOOD)).toBe(true);
    expect(await findSession()).toBeUndefined();
    expect(line.events).toEqual([
      { type: 'passphrase.changed', sub: 'sub-ada' },
      { type: 'session.ended', sub: 'sub-ada', sessionId: 'session-ada', reason: 'passphrase-changed' },
    ]);
  });

  it('K-07 disable ends what there is, and enable lets somebody in again', async () => {
    await line.run('users', 'disable', 'ada');
    expect([(await findAda())?.disabled, await findSession()]).toEqual([true, undefined]);
    expect(await line.run('users', 'list')).toEqual(['ada  reader  sub-ada  disabled']);
    await line.run('users', 'enable', 'ada');
    expect((await findAda())?.disabled).toBe(false);
  });

  it('T-38 remove takes account and sessions away', async () => {
    expect(await line.run('users', 'remove', 'ada')).toEqual(['ada is removed']);
    expect([await findAda(), await findSession()]).toEqual([undefined, undefined]);
  });

  it.each(['show', 'roles', 'set-passphrase', 'disable', 'enable', 'remove'])(
    '%s says so when there is nobody',
    async (verb) => {
      await expect(line.run('users', verb, 'nobody')).rejects.toThrow(/Nobody has the username "nobody"/);
    },
  );
});
