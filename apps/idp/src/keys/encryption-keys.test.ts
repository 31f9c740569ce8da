import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encryptionKey } from '../../test/test-sealer.ts';
import { parseEncryptionKeys } from '../foundation/encryption-keys.ts';
import {
  chooseEncryptionKeys,
  type EncryptionKeySettings,
  type EncryptionKeySource,
  readEncryptionKeys,
} from './encryption-keys.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'idp-ring-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name = 'ring') => join(folder, name);
const keys = parseEncryptionKeys(encryptionKey(1));
const SQLITE: EncryptionKeySettings = {
  databaseUrl: 'file:data/idp.sqlite',
  keyEncryptionKeys: undefined,
  keyEncryptionKeysFile: undefined,
};

function read(source: EncryptionKeySource, mayCreate = true) {
  const warnings: string[] = [];
  const found = readEncryptionKeys(source, { mayCreate, warn: (one) => void warnings.push(one) });
  return { found, warnings };
}

describe('the keys that seal the signing keys', () => {
  it('G-05 are those of the environment, or of the file it names', () => {
    expect(chooseEncryptionKeys({ ...SQLITE, keyEncryptionKeys: keys })).toEqual({
      kind: 'environment',
      keys,
    });
    const named = chooseEncryptionKeys({ ...SQLITE, keyEncryptionKeysFile: file() });
    expect(named).toEqual({ kind: 'file', path: file() });
    writeFileSync(file(), `${encryptionKey(2)}\n${encryptionKey(1)}, ${encryptionKey(3)}\n`, { mode: 0o600 });
    const { found, warnings } = read(named);
    expect(found.map((key) => key[0])).toEqual([2, 1, 3]);
    expect(warnings).toEqual([]);
  });

  it('G-05 lie beside a SQLite database where neither is set, and that is said once', () => {
    const source = chooseEncryptionKeys({ ...SQLITE, databaseUrl: `file:${file('idp.sqlite')}` });
    expect(source).toEqual({ kind: 'beside-database', path: file('idp.sqlite.keys') });
    const { found, warnings } = read(source);
    expect(statSync(file('idp.sqlite.keys')).mode & 0o777).toBe(0o600);
    expect(warnings).toEqual([
      `${file('idp.sqlite.keys')} opens the signing keys and lies beside their database: whoever copies both can sign. Set KEY_ENCRYPTION_KEYS or KEY_ENCRYPTION_KEYS_FILE to keep them apart`,
    ]);
    expect(read(source).found).toEqual(found);
    expect(readdirSync(folder)).toEqual(['idp.sqlite.keys']);
  });

  it('are put right where others could read the file that was made', () => {
    const source: EncryptionKeySource = { kind: 'beside-database', path: file() };
    read(source);
    chmodSync(file(), 0o644);
    expect(read(source).warnings.join()).toContain('had mode 0644 and has 0600 now');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('are taken from a file that everybody can read, with a warning: containers mount secrets so', () => {
    writeFileSync(file(), encryptionKey(1));
    chmodSync(file(), 0o444);
    const { warnings } = read({ kind: 'file', path: file() });
    expect(warnings).toEqual([`KEY_ENCRYPTION_KEYS_FILE: every user of this machine can read ${file()}`]);
  });

  it('die with a database in memory', () => {
    const source = chooseEncryptionKeys({ ...SQLITE, databaseUrl: 'file::memory:' });
    expect(source).toEqual({ kind: 'memory' });
    expect(read(source).found).not.toEqual(read(source).found);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('G-05 are not made anew where a missing file has sealed something', () => {
    const source: EncryptionKeySource = { kind: 'beside-database', path: file() };
    expect(() => read(source, false)).toThrow(
      `The signing keys in the database are sealed, and ${file()}, which opens them, is not there. Restore it from its backup; if it is lost, revoke the signing keys: pnpm idp keys revoke --all`,
    );
    expect(existsSync(file())).toBe(false);
  });

  it.each<readonly [string, Partial<EncryptionKeySettings>, RegExp]>([
    [
      'none with PostgreSQL',
      { databaseUrl: 'postgres://db/idp' },
      /^With PostgreSQL the provider needs KEY_ENCRYPTION_KEYS/,
    ],
    ['both', { keyEncryptionKeys: keys, keyEncryptionKeysFile: '/x' }, /are both set: leave one out$/],
  ])('G-05 refuse %s', (_what, change, message) => {
    expect(() => chooseEncryptionKeys({ ...SQLITE, ...change })).toThrow(message);
  });

  it.each([
    ['nothing', ''],
    ['31 bytes', Buffer.alloc(31, 'c').toString('base64url')],
    ['33 bytes', Buffer.alloc(33, 'c').toString('base64url')],
    ['hexadecimal digits', Buffer.alloc(32, 'c').toString('hex')],
    ['base64 with padding', Buffer.alloc(32, 'c').toString('base64')],
    ['another spelling of the last character', encryptionKey(1).replace(/.$/, 'F')],
    ['one good key and one bad', `${encryptionKey(1)},canary`],
  ])('G19 a file with %s is refused by name, and nothing of it is repeated', (_what, content) => {
    writeFileSync(file(), content, { mode: 0o600 });
    const reading = () => read({ kind: 'file', path: file() });
    expect(reading).toThrow(
      `KEY_ENCRYPTION_KEYS_FILE: ${file()} is a list with commas between keys of 32 random bytes in base64url, and this one is not`,
    );
    expect(reading).toThrow(expect.not.stringContaining(content.slice(0, 10) || 'nothing'));
  });

  it('a file that is not there is named', () => {
    expect(() => read({ kind: 'file', path: file() })).toThrow(
      `KEY_ENCRYPTION_KEYS_FILE: ${file()} can't be read`,
    );
    expect(existsSync(file())).toBe(false);
  });
});
