import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../caddy/create-authority.ts';
import { findCaddy } from '../caddy/find-caddy.ts';
import { rootCertificateIn } from '../caddy/storage.ts';
import { findProgram } from '../system/find-program.ts';
import { createPaint } from '../terminal/paint.ts';
import { applyChange } from './apply.ts';
import { findNssDatabases, nssStore } from './nss-stores.ts';
import { describeResult, exitCodeOf } from './report.ts';
import { findRoot, type Root } from './root.ts';
import type { TrustStore } from './store.ts';
import { readTrust } from './find-stores.ts';
import { linuxStore, systemStores } from './system-stores.ts';

const caddy = findCaddy();
const certutil = findProgram('certutil');
const home = mkdtempSync(join(tmpdir(), 'trust-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const noAsk = { ask: undefined };

/** A distribution in a folder: its rebuild puts all anchors into the bundle. */
const distribution = (): TrustStore => {
  const anchors = mkdtempSync(join(home, 'anchors-'));
  const bundle = join(anchors, 'bundle.pem');
  const rebuild = ['sh', '-c', `cat ${anchors}/*.crt > ${bundle} 2>/dev/null || true`];
  return linuxStore({ distribution: 'Test', anchors, bundle, rebuild });
};

describe.skipIf(caddy === undefined)('trust', () => {
  let root: Root;
  beforeAll(async () => {
    await createAuthority(caddy ?? '', join(home, 'ca'));
    const found = findRoot(rootCertificateIn(join(home, 'ca')));
    if (!found) throw new Error('no root was made');
    root = found;
  });

  it('goes into a system store and out again, and a second time changes nothing', async () => {
    const store = distribution();
    const options = { ...noAsk, isRoot: true };
    expect(await readTrust([store], root)).toEqual([{ store, trusted: false }]);
    expect(await applyChange(store, 'add', root, options)).toEqual({ store, outcome: 'done' });
    expect(await applyChange(store, 'add', root, options)).toEqual({ store, outcome: 'already' });
    expect(await readTrust([store], root)).toEqual([{ store, trusted: true }]);
    expect(await applyChange(store, 'remove', root, options)).toEqual({ store, outcome: 'done' });
    expect(await applyChange(store, 'remove', root, options)).toEqual({ store, outcome: 'already' });
  });

  it('never becomes root where nobody can be asked: the command is left to type', async () => {
    const store = distribution();
    expect(await applyChange(store, 'add', root, { ...noAsk, isRoot: false })).toEqual({
      store,
      outcome: 'left',
      command: expect.stringMatching(/^(sudo |su root -c ')install -m 0644 .* && (sudo |su root -c ')sh /),
    });
  });

  it('never becomes root after a no', async () => {
    const asked: string[] = [];
    const ask = async (question: string): Promise<boolean> => {
      asked.push(question);
      return false;
    };
    expect(await applyChange(distribution(), 'add', root, { ask, isRoot: false })).toMatchObject({
      outcome: 'left',
    });
    expect(asked).toEqual([expect.stringMatching(/(sudo |su root -c ')install/)]);
  });

  it('that does not arrive is a failure', async () => {
    const store = { ...distribution(), add: () => [{ command: ['true'] }] };
    expect(await applyChange(store, 'add', root, noAsk)).toEqual({
      store,
      outcome: 'failed',
      command: 'true',
    });
  });

  it.skipIf(certutil === undefined)(
    'goes into a browser’s database, made if there is none, and out again',
    async () => {
      const store = nssStore({ name: 'Chromium', folder: join(home, '.pki', 'nssdb') }, certutil ?? '');
      expect(await applyChange(store, 'add', root, noAsk)).toEqual({ store, outcome: 'done' });
      expect(await applyChange(store, 'add', root, noAsk)).toEqual({ store, outcome: 'already' });
      expect(await applyChange(store, 'remove', root, noAsk)).toEqual({ store, outcome: 'done' });
      expect(await readTrust([store], root)).toEqual([{ store, trusted: false }]);
    },
  );

  it.skipIf(certutil === undefined)('replaces an older root of the same name', async () => {
    await createAuthority(caddy ?? '', join(home, 'older'));
    const older = findRoot(rootCertificateIn(join(home, 'older')));
    const store = nssStore({ name: 'Chromium', folder: join(home, 'db') }, certutil ?? '');
    if (older) await applyChange(store, 'add', older, noAsk);
    expect(await readTrust([store], root)).toEqual([{ store, trusted: false }]);
    expect(await applyChange(store, 'add', root, noAsk)).toEqual({ store, outcome: 'done' });
  });
});

describe('the stores of a person', () => {
  it('are Chromium’s database and every Firefox profile', () => {
    const person = mkdtempSync(join(home, 'person-'));
    const profile = join(person, '.mozilla', 'firefox', 'abc.default');
    mkdirSync(profile, { recursive: true });
    writeFileSync(join(profile, 'cert9.db'), '');
    mkdirSync(join(person, '.mozilla', 'firefox', 'Crash Reports'), { recursive: true });
    mkdirSync(join(person, '.pki', 'nssdb'), { recursive: true });
    expect(findNssDatabases('linux', { HOME: person, PATH: '' })).toEqual([
      { name: 'Chromium and Chrome', folder: join(person, '.pki', 'nssdb') },
      { name: 'Firefox (abc.default)', folder: profile },
    ]);
  });

  it('are the system’s own on macOS and Windows, without root', () => {
    const root = { path: '/r.crt', body: '', thumbprint: 'ABCD' };
    for (const platform of ['darwin', 'win32'] as const) {
      for (const store of systemStores(platform, '/home/x')) {
        expect([...store.add(root), ...store.remove(root)].some(({ asRoot }) => asRoot)).toBe(false);
      }
    }
    expect(findNssDatabases('win32', { HOME: home })).toEqual([]);
  });
});

describe('the report', () => {
  const store: TrustStore = {
    name: 'Chromium',
    isTrusted: async () => true,
    add: () => [],
    remove: () => [],
  };

  it('says for each store what happened and what is left, and fails when something is', () => {
    const left = { store, outcome: 'left', command: 'sudo x' } as const;
    const done = { store, outcome: 'done' } as const;
    expect(describeResult(done, 'add', createPaint(false))).toBe('✓ Chromium: trusted from now on');
    expect(describeResult(left, 'add', createPaint(false))).toContain('type\n    sudo x');
    expect([exitCodeOf([done]), exitCodeOf([done, left])]).toEqual([0, 1]);
  });
});
