import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

describe('the environment', () => {
  it('needs only an issuer', () => {
    const env = readEnv({ ISSUER: 'https://id.example', PORT: '' });
    expect(env).toMatchObject({ host: '127.0.0.1', port: 4100, databaseUrl: 'file:idp.sqlite' });
    // G10
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
  ])('refuses %s', (_what, source, message) => {
    expect(() => readEnv(source)).toThrow(message);
  });

  it('lists everything that is wrong at once', () => {
    expect(() => readEnv({ ISSUER: 'x', PORT: '-1', DATABASE_URL: 'x' })).toThrow(
      /ISSUER[^]*PORT[^]*DATABASE_URL/,
    );
  });
});
