import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../terminal/failure.ts';
import { databaseFailure } from './database-failure.ts';
import { requireSoundDatabase } from './require-database.ts';
import { fileFailure, makePrivateFolder, writePrivateFile } from '../system/private-files.ts';
import { openFolder } from './folder.ts';
import { openSecrets } from './secrets.ts';
import { writeData } from './write-data.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const database = (): string => join(folder, 'shop.sqlite');
const secretsFile = (): string => join(folder, 'secrets.json');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** As an app leaves it behind: in write-ahead mode, closed or still open. */
function openDatabase(): DatabaseSync {
  const opened = new DatabaseSync(database());
  opened.exec('pragma journal_mode = wal; create table notes (text)');
  const insert = opened.prepare('insert into notes values (?)');
  for (let row = 0; row < 100; row += 1) insert.run('x'.repeat(500));
  return opened;
}

describe('a database', () => {
  it('that is missing, empty, whole or in use is accepted', () => {
    requireSoundDatabase(database());
    writeFileSync(database(), '');
    requireSoundDatabase(database());
    const opened = openDatabase();
    requireSoundDatabase(database());
    opened.close();
    expect(() => requireSoundDatabase(database())).not.toThrow();
  });

  it('whose log was not folded in after a crash is accepted, and keeps it', () => {
    const opened = openDatabase();
    for (const end of ['', '-wal']) copyFileSync(database() + end, join(folder, `copy.sqlite${end}`));
    opened.close();
    requireSoundDatabase(join(folder, 'copy.sqlite'));
    const copy = new DatabaseSync(join(folder, 'copy.sqlite'));
    expect(copy.prepare('select count(*) as rows from notes').get()).toEqual({ rows: 100 });
    copy.close();
  });

  it('F-11 that is something else is refused by name, with what to delete', () => {
    writeFileSync(database(), 'not a database');
    expect(() => requireSoundDatabase(database())).toThrow(
      `The database ${database()} can't be used (file is not a database)`,
    );
  });

  it('F-11 that is cut off is refused', () => {
    openDatabase().close();
    truncateSync(database(), 20_000);
    expect(() => requireSoundDatabase(database())).toThrow('malformed');
  });

  it('a site’s, whose index is damaged, is refused', () => {
    const opened = openDatabase();
    opened.exec('create index by_text on notes (text)');
    const page = Number(
      opened.prepare("select rootpage from sqlite_schema where name = 'by_text'").get()?.['rootpage'],
    );
    opened.close();
    const bytes = readFileSync(database());
    bytes.fill(0, (page - 1) * 4096, page * 4096);
    writeFileSync(database(), bytes);
    expect(() => requireSoundDatabase(database())).toThrow(`The database ${database()} can't be used`);
  });

  it('a full disk is called full, and nothing is to be deleted', () => {
    const tiny = new DatabaseSync(':memory:');
    const fill = (): void => tiny.exec('pragma max_page_count = 1; create table notes (text)');
    expect(fill).toThrow(expect.objectContaining({ errcode: 13 }));
    const { message, fix } = databaseFailure('/data/shop.sqlite', thrownBy(fill));
    expect(message).toContain('database or disk is full');
    expect(fix).toBe('the disk that holds /data is full, so free some space there and start again');
  });

  it('that is a folder is refused', () => {
    mkdirSync(database());
    expect(() => requireSoundDatabase(database())).toThrow("can't be used");
  });
});

const thrownBy = (act: () => void): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('a file that can not be written', () => {
  it.runIf(existsSync('/dev/full'))('for a full disk says so', () => {
    const path = join(folder, 'users.json');
    symlinkSync('/dev/full', `${path}.${process.pid}`);
    expect(() => writePrivateFile(path, 'x')).toThrow(
      expect.objectContaining({
        message: `${path} can't be written (ENOSPC)`,
        fix: 'the disk is full, so free some space and start again',
      }),
    );
  });

  it.each([
    ['EDQUOT', /share of the disk/],
    ['EROFS', /can only be read/],
    ['EACCES', /^make it yours$/],
  ])('for %s says what to do', (code, fix) => {
    const error = Object.assign(new Error('x'), { code });
    expect(fileFailure('x', error, 'make it yours').fix).toMatch(fix);
  });
});

describe('secrets', () => {
  it('are random, 32 bytes each, and for this person only', () => {
    const { shop, blog } = openSecrets(secretsFile());
    const all = [shop.clientSecret, blog.clientSecret, ...shop.sessionKeys, ...blog.sessionKeys];
    expect(new Set(all).size).toBe(4);
    for (const secret of all) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(statSync(secretsFile()).mode & 0o777).toBe(0o600);
  });

  it('are kept', () => {
    expect(openSecrets(secretsFile())).toEqual(openSecrets(secretsFile()));
  });

  it('are read behind a byte order mark', () => {
    const secrets = openSecrets(secretsFile());
    writeFileSync(secretsFile(), `\uFEFF${JSON.stringify(secrets)}`);
    expect(openSecrets(secretsFile())).toEqual(secrets);
  });

  it('of a site that came later are added to the others', () => {
    const { shop } = openSecrets(secretsFile());
    writeFileSync(secretsFile(), JSON.stringify({ shop }));
    expect(openSecrets(secretsFile())).toMatchObject({ shop, blog: { clientSecret: expect.any(String) } });
    expect(openSecrets(secretsFile())).toEqual(openSecrets(secretsFile()));
  });

  it.each([
    '{"shop": "SECRET',
    '[]]',
    '{"shop": {"clientSecret": 1}}',
    '{"shop":{"clientSecret":"SECRET","sessionKeys":[]}}',
  ])('that are broken are refused without being quoted: %s', (text) => {
    writeFileSync(secretsFile(), text);
    expect(() => openSecrets(secretsFile())).toThrow(Failure);
    expect(() => openSecrets(secretsFile())).not.toThrow(/SECRET/);
  });
});

describe('folders', () => {
  it('are closed to others, those too that were there', () => {
    const path = join(folder, 'open');
    mkdirSync(path);
    chmodSync(path, 0o755);
    makePrivateFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('that are a file are refused in one sentence', () => {
    appendFileSync(join(folder, '.local'), '');
    expect(() => openFolder({ root: folder, name: 'dev', mode: 'development', env: {} })).toThrow(
      /\.local can't be used \(EEXIST\)/,
    );
  });

  it('keep the authority of development outside of the clone, and that of tests inside the run', () => {
    const env = { HOME: folder, XDG_DATA_HOME: join(folder, 'share') };
    const dev = openFolder({ root: folder, name: 'dev', mode: 'development', env });
    const run = openFolder({ root: folder, name: 'e2e', mode: 'production', env });
    expect(dev.directory).toBe(join(folder, '.local', 'dev'));
    expect(dev.caddyStorage).not.toContain('.local/dev');
    expect(run.rootCertificate.startsWith(run.directory)).toBe(true);
  });
});

describe('the data that the provider reads', () => {
  it('is the registrations with the sites’ secrets, the people and the access contract', () => {
    const { files } = openFolder({ root: folder, name: 'e2e', mode: 'production', env: {} });
    const { secrets, people } = writeData(files, {
      httpsPort: 9443,
      clients: [{ client_id: 'extra' }],
      people: [],
    });
    expect(read(files.clients)).toMatchObject([
      {
        client_id: 'shop',
        client_secret: secrets.shop.clientSecret,
        client_uri: 'https://shop.localhost:9443',
      },
      { client_id: 'blog', client_secret: secrets.blog.clientSecret },
      { client_id: 'extra' },
    ]);
    expect(read(files.users)).toEqual(people);
    expect(read(files.access)).toHaveProperty('audiences');
  });

  it('G-05 includes a key of its own that seals the signing keys, for this person only, and kept', () => {
    const { files } = openFolder({ root: folder, name: 'dev', mode: 'development', env: {} });
    const written = () => {
      writeData(files, { httpsPort: 8443, clients: [], people: [] });
      return readFileSync(files.keyEncryptionKeys, 'utf8');
    };
    const first = written();
    expect(Buffer.from(first.trim(), 'base64url')).toHaveLength(32);
    expect(statSync(files.keyEncryptionKeys).mode & 0o777).toBe(0o600);
    expect(written()).toBe(first);
  });
});
