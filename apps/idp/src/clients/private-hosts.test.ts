import { describe, expect, it } from 'vitest';
import { createPrivateHostRule } from './private-hosts.ts';

describe('X-19 a private host is', () => {
  it.each([
    ['out of bounds', 'https://id.example.com', [], '127.0.0.1', false],
    ['within bounds when it is listed', 'https://id.example.com', ['10.0.0.7'], '10.0.0.7', true],
    [
      'within bounds on this machine, where the issuer is too',
      'https://idp.localhost:8443',
      [],
      'shop.localhost',
      true,
    ],
    ['within bounds on loopback, where the issuer is too', 'http://127.0.0.1:4100', [], '[::1]', true],
    ['out of bounds elsewhere, wherever the issuer is', 'http://127.0.0.1:4100', [], '10.0.0.7', false],
    ['out of bounds as metadata service', 'http://localhost:4100', [], '169.254.169.254', false],
  ])('%s', (_what, issuer, listedHosts, host, expected) => {
    expect(createPrivateHostRule({ issuer, listedHosts })(host)).toBe(expected);
  });
});
