import { appList } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { readHttpsPort } from './https-port.ts';

describe('HTTPS_PORT', () => {
  it.each([
    [undefined, 8443],
    ['', 8443],
    ['443', 443],
    ['9443', 9443],
  ])('%j is %d', (value, port) => {
    expect(readHttpsPort({ HTTPS_PORT: value })).toBe(port);
  });

  it.each(appList)('$port is refused by name: it is the port of $title behind Caddy', ({ port, title }) => {
    expect(() => readHttpsPort({ HTTPS_PORT: String(port) })).toThrow(
      `HTTPS_PORT=${port} is the port of ${title} behind Caddy`,
    );
  });

  it.each(['0', '65536', '-1', '8443x', '1e3', ' 443', '٤٤٣'])('%j is refused in one sentence', (value) => {
    expect(() => readHttpsPort({ HTTPS_PORT: value })).toThrow(`HTTPS_PORT=${value} is no port`);
  });
});
