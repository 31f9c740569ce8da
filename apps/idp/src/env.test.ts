import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES } from '../test/hostile-names.ts';
import { readEnv, readToolEnv } from './env.ts';

describe('the environment', () => {
  it('needs only an issuer', () => {
    const env = readEnv({ ISSUER: 'https://id.example', PORT: '' });
    expect(env).toMatchObject({ host: '127.0.0.1', port: 4100, databaseUrl: 'file:idp.sqlite' });
    // G10: what is promised about how long things live.
    expect(env.lifetimes).toMatchObject({
      codeSeconds: 60,
      accessTokenSeconds: 600,
      idTokenSeconds: 300,
      signOnSeconds: 86_400,
    });
  });

  it.each([
    'https://id.example',
    'https://id.example:8443',
    'http://127.0.0.1:4100',
    'http://[::1]:4100',
    'http://localhost:4100',
    'http://idp.localhost:4100',
  ])('takes %s as issuer', (ISSUER) => {
    expect(readEnv({ ISSUER }).issuer).toBe(ISSUER);
  });

  it.each([
    ['no issuer', {}, /ISSUER/],
    ['plain http on a public name', { ISSUER: 'http://id.example' }, /ISSUER: is https/],
    [
      'plain http on a name that only looks local',
      { ISSUER: 'http://localhost.example' },
      /ISSUER: is https/,
    ],
    ['a path', { ISSUER: 'https://id.example/oidc' }, /ISSUER: is an origin/],
    ['a final slash', { ISSUER: 'https://id.example/' }, /ISSUER: is an origin/],
    ['a port that is none', { ISSUER: 'https://id.example', PORT: 'x' }, /PORT/],
    ['a lifetime of nothing', { ISSUER: 'https://id.example', CODE_SECONDS: '0' }, /CODE_SECONDS/],
    [
      'a database nobody knows',
      { ISSUER: 'https://id.example', DATABASE_URL: 'mysql://x' },
      /DATABASE_URL: starts with/,
    ],
    [
      'a proxy by name',
      { ISSUER: 'https://id.example', TRUST_PROXY: 'caddy' },
      /TRUST_PROXY: "caddy" is no address/,
    ],
    [
      'X-19 an outbound host with a port',
      { ISSUER: 'https://id.example', OUTBOUND_HOSTS: 'localhost, inside:80' },
      /OUTBOUND_HOSTS: "inside:80" is no host name/,
    ],
    [
      'X-19 an outbound host that is an address with a path',
      { ISSUER: 'https://id.example', OUTBOUND_HOSTS: 'https://inside/' },
      /OUTBOUND_HOSTS/,
    ],
    [
      'a limit of nothing',
      { ISSUER: 'https://id.example', SIGN_IN_TRIES_PER_ADDRESS: '0' },
      /SIGN_IN_TRIES_PER_ADDRESS/,
    ],
    [
      'a window of weeks',
      { ISSUER: 'https://id.example', SIGN_IN_WINDOW_SECONDS: '999999' },
      /SIGN_IN_WINDOW_SECONDS/,
    ],
    ['a number only programmers read', { ISSUER: 'https://id.example', PORT: '0x10' }, /PORT: is a whole/],
    [
      'a number with an exponent',
      { ISSUER: 'https://id.example', CODE_SECONDS: '6e1' },
      /CODE_SECONDS: is a whole number of seconds from 1 to 600/,
    ],
    [
      'a level nobody knows',
      { ISSUER: 'https://id.example', LOG_LEVEL: 'loud' },
      /LOG_LEVEL: is one of debug/,
    ],
    [
      'a short initial access token',
      { ISSUER: 'https://id.example', INITIAL_ACCESS_TOKENS: 'short' },
      /INITIAL_ACCESS_TOKENS: .*at least 32/,
    ],
    [
      'an outbound host with a port',
      { ISSUER: 'https://id.example', OUTBOUND_HOSTS: 'app.internal:80' },
      /OUTBOUND_HOSTS: "app.internal:80" is no host/,
    ],
    [
      'G-05 a key encryption key that is too short',
      { ISSUER: 'https://id.example', KEY_ENCRYPTION_KEYS: 'c2hvcnQ' },
      /KEY_ENCRYPTION_KEYS: is a list with commas between keys of 32 random bytes/,
    ],
  ])('refuses %s', (_what, source, message) => {
    expect(() => readEnv(source)).toThrow(message);
  });

  it.each([
    [
      'loopback with an https issuer',
      { ISSUER: 'https://id.example' },
      { '127.0.0.1': true, '10.0.0.1': false },
    ],
    ['nobody with an http issuer', { ISSUER: 'http://localhost:4100' }, { '127.0.0.1': false }],
    [
      'whom TRUST_PROXY names',
      { ISSUER: 'https://id.example', TRUST_PROXY: '10.0.0.0/8' },
      { '127.0.0.1': false, '10.0.0.1': true },
    ],
  ])('believes %s about clients’ addresses', (_what, source, expected) => {
    const { trustedProxies } = readEnv(source);
    const believed = Object.keys(expected).map((address) => [address, trustedProxies.includes(address)]);
    expect(Object.fromEntries(believed)).toEqual(expected);
  });

  it('X-19 lists the private hosts that strangers’ registrations may name: none by default', () => {
    const source = { ISSUER: 'https://id.example' };
    expect(readEnv(source).outboundHosts).toEqual([]);
    const { outboundHosts } = readEnv({ ...source, OUTBOUND_HOSTS: 'Shop.localhost, 10.0.0.7,[::1]' });
    expect(outboundHosts).toEqual(['shop.localhost', '10.0.0.7', '[::1]']);
  });

  it('G14 limits guessing as it should unless told otherwise', () => {
    const limits = {
      windowSeconds: 900,
      perAccountAndAddress: 10,
      perAddress: 100,
      perAccount: 50,
      perDevice: 10,
    };
    expect(readEnv({ ISSUER: 'https://id.example' }).limits).toEqual(limits);
    const { limits: others } = readEnv({ ISSUER: 'https://id.example', SIGN_IN_TRIES_PER_ACCOUNT: '5' });
    expect(others).toEqual({ ...limits, perAccount: 5 });
  });

  it('G19 repeats no secret in what it says is wrong', () => {
    const source = {
      ISSUER: 'https://id.example',
      INITIAL_ACCESS_TOKENS: 'canary-1,canary-2',
      KEY_ENCRYPTION_KEYS: 'canary-3',
    };
    expect(() => readEnv(source)).toThrow(expect.not.stringContaining('canary'));
  });

  it('reads initial access tokens as a list', () => {
    const [one, two] = ['a'.repeat(32), 'b'.repeat(40)];
    const source = { ISSUER: 'https://id.example', INITIAL_ACCESS_TOKENS: ` ${one}, ${two},` };
    expect(readEnv(source).initialAccessTokens).toEqual([one, two]);
  });

  it('lets the command line do without an issuer, and by no softer rule', () => {
    expect(readToolEnv({ ISSUER: '' }).issuer).toBe('https://issuer.invalid');
    expect(readToolEnv({ ISSUER: 'http://localhost' }).issuer).toBe('http://localhost');
  });

  it.each(HOSTILE_NAMES.filter(([, name]) => name !== ''))('U-11 has no service called %s', (_what, name) => {
    expect(() => readEnv({ ISSUER: 'https://id.example', SERVICE_NAME: name })).toThrow(/SERVICE_NAME/);
  });

  it('lists everything that is wrong at once', () => {
    expect(() => readEnv({ ISSUER: 'x', PORT: '-1', DATABASE_URL: 'x' })).toThrow(
      /ISSUER[^]*PORT[^]*DATABASE_URL/,
    );
  });
});
