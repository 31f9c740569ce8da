import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfiguration } from './configuration.ts';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const BYTE_ORDER_MARK = '\uFEFF';
const none = { clientsFile: undefined, accessFile: undefined, usersFile: undefined };

describe('a byte order mark', () => {
  it.each([
    ['CLIENTS_FILE', 'clientsFile', '[]'],
    ['ACCESS_FILE', 'accessFile', '{"audiences":{},"roles":{}}'],
    ['USERS_FILE', 'usersFile', '[]'],
  ] as const)('before the text of %s is ignored (RFC 8259 §8.1)', async (variable, member, text) => {
    const path = file(`${member}.json`, BYTE_ORDER_MARK + text);
    await expect(readConfiguration({ ...none, [member]: path })).resolves.toBeDefined();
    const two = file(`${member}-two.json`, BYTE_ORDER_MARK.repeat(2) + text);
    await expect(readConfiguration({ ...none, [member]: two })).rejects.toThrow(
      `${variable}: ${two} is not JSON`,
    );
  });
});
