import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, afterEach, describe, expect, it } from 'vitest';
import { Failure } from '../terminal/failure.ts';
import { requireSoundDatabase } from './databases.ts';
import { makePrivateFolder } from './files.ts';
import { openFolder } from './folder.ts';
import { openSecrets } from './secrets.ts';
import { writeData } from './write-data.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The header of a SQLite file of two pages of 4096 bytes. */
function sqliteHeader(): Buffer {
  const header = Buffer.alloc(100);
  header.write('SQLite format 3\0', 'latin1');
  header.writeUInt16BE(4096, 16);
  header.writeUInt32BE(7, 24);
  header.writeUInt32BE(2, 28);
  header.writeUInt32BE(7, 92);
  return header;
}

const database = (): string => join(folder, 'shop.sqlite');
const secretsFile = (): string => join(folder, 'secrets.json');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

describe('a database', () => {
  it('that is missing, empty or whole is fine', () => {
    requireSoundDatabase(database());
    writeFileSync(database(), '');
    requireSoundDatabase(database());
    writeFileSync(database(), Buffer.concat([sqliteHeader(), Buffer.alloc(8092)]));
    expect(() => requireSoundDatabase(database())).not.toThrow();
  });

  it('F-11 that is something else is refused by name, with what to delete', () => {
    writeFileSync(database(), 'not a database');
    expect(() => requireSoundDatabase(database())).toThrow(`The database ${database()} is not a SQLite file`);
  });

  it('F-11 that is cut off is refused', () => {
    writeFileSync(database(), Buffer.concat([sqliteHeader(), Buffer.alloc(8092)]));
    truncateSync(database(), 5000);
    expect(() => requireSoundDatabase(database())).toThrow('is cut off');
  });

  it('that is shorter than its header says is fine while its log holds the rest', () => {
    writeFileSync(database(), sqliteHeader());
    writeFileSync(`${database()}-wal`, 'pages');
    expect(() => requireSoundDatabase(database())).not.toThrow();
  });

  it('that is a folder is refused', () => {
    mkdirSync(database());
    expect(() => requireSoundDatabase(database())).toThrow("can't be opened (EISDIR)");
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
});
