import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePorts } from '../system/ports.ts';
import { checkClock } from './check-clock.ts';
import { checkDisk } from './check-disk.ts';
import { checkFiles } from './check-files.ts';
import { checkNames, checkSafari } from './check-network.ts';
import { checkPort } from './check-ports.ts';
import { checkCaddy, checkNode } from './check-programs.ts';
import { checkTrust } from './check-trust.ts';

const folder = mkdtempSync(join(tmpdir(), 'checkup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checkup', () => {
  it('finds an old Node and names the new one', () => {
    expect(checkNode('20.20.2')).toMatchObject({ state: 'broken', fix: expect.stringContaining('Node 24') });
    expect(checkNode('24.21.0')).toMatchObject({ state: 'fine' });
  });

  it('finds that Caddy is missing', async () => {
    expect(await checkCaddy({ PATH: '/nowhere' })).toMatchObject({
      state: 'broken',
      detail: 'not installed',
    });
  });

  it.each([
    ['2.5.2', 'broken', '2.5.2 is too old, 2.6 is needed'],
    ['2.6.0', 'fine', expect.stringContaining('2.6.0')],
    ['three', 'broken', expect.stringContaining('does not say its version')],
  ])('judges Caddy %s as pnpm dev does: %s', async (version, state, detail) => {
    const caddy = join(folder, `caddy-${version}`);
    writeFileSync(caddy, `#!/bin/sh\necho v${version}\n`, { mode: 0o755 });
    expect(await checkCaddy({ CADDY_BIN: caddy })).toMatchObject({ state, detail });
  });

  it('finds a taken port', async () => {
    const [port = 0] = await freePorts(1);
    expect(await checkPort(port)).toMatchObject({ state: 'fine' });
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await checkPort(port)).toMatchObject({ state: 'broken', fix: expect.stringMatching(/^end it/) });
    server.close();
  });

  it('finds a full disk', () => {
    expect(checkDisk(folder, 0)).toMatchObject({ state: 'fine' });
    expect(checkDisk(folder, 1e12)).toMatchObject({
      state: 'broken',
      detail: expect.stringContaining(`are free where ${folder} lies`),
    });
  });

  it('finds broken data, and no data is fine', () => {
    const root = join(folder, 'clone');
    expect(checkFiles(root)).toMatchObject([{ state: 'fine' }]);
    mkdirSync(join(root, '.local', 'dev', 'data'), { recursive: true });
    writeFileSync(join(root, '.local', 'dev', 'secrets.json'), 'nonsense');
    writeFileSync(join(root, '.local', 'dev', 'data', 'blog.sqlite'), 'nonsense');
    expect(checkFiles(root).map(({ title, state }) => `${title} ${state}`)).toEqual([
      'Data fine',
      'Secrets broken',
      'Data of Meridian fine',
      'Data of Nightfield fine',
      'Data of Dark Hours broken',
    ]);
  });

  it('finds that .local is no folder', () => {
    const root = mkdtempSync(join(folder, 'file-'));
    writeFileSync(join(root, '.local'), '');
    expect(checkFiles(root)[0]).toMatchObject({
      state: 'broken',
      detail: expect.stringContaining('is no folder'),
    });
  });

  it('tells that nobody trusts a certificate that is not there, and who does not trust one that is', async () => {
    const store = { name: 'Chromium', isTrusted: async () => false, add: () => [], remove: () => [] };
    const root = { path: '', body: '', thumbprint: '' };
    expect(await checkTrust({ stores: [store], needCertutil: [] }, undefined)).toMatchObject([
      { fix: 'type pnpm trust' },
    ]);
    expect(await checkTrust({ stores: [store], needCertutil: ['Firefox'] }, root)).toMatchObject([
      { state: 'hint', detail: 'not trusted by Chromium' },
      { state: 'hint', detail: expect.stringContaining('Firefox') },
    ]);
  });

  it('F-15 finds out whether Node reaches *.localhost', () => {
    const pem = join(folder, 'root.crt');
    expect(checkNames(pem)).toMatchObject({
      state: 'broken',
      detail: expect.stringContaining('is not found'),
    });
  });

  it('gives the hosts-file line to people with Safari only', () => {
    const hosts = join(folder, 'hosts');
    writeFileSync(hosts, '127.0.0.1 localhost\n');
    expect(checkSafari('linux', hosts)).toEqual([]);
    expect(checkSafari('darwin', hosts)).toMatchObject([
      {
        state: 'hint',
        fix: expect.stringContaining('127.0.0.1 idp.localhost shop.localhost blog.localhost'),
      },
    ]);
    writeFileSync(hosts, '127.0.0.1 idp.localhost shop.localhost blog.localhost\n');
    expect(checkSafari('darwin', hosts)).toMatchObject([{ state: 'fine' }]);
  });

  const now = new Date('2026-06-01T00:00:00Z');
  const valid = { from: new Date('2026-05-01T00:00:00Z'), to: new Date('2036-05-01T00:00:00Z') };
  it.each([
    ['right', now, 'fine'],
    ['before the clone', new Date('2020-01-01T00:00:00Z'), 'broken'],
    ['before the certificate', new Date('2026-04-30T12:00:00Z'), 'broken'],
    ['after the certificate', new Date('2040-01-01T00:00:00Z'), 'broken'],
  ])('F-06 a clock that is %s', (_, clock, state) => {
    expect(checkClock({ now: clock, changed: new Date('2026-04-30T00:00:00Z'), valid })).toMatchObject({
      state,
    });
  });
});
