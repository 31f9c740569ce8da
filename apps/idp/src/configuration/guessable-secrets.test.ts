import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTestProvider } from '../../test/test-provider.ts';
import { warnOfGuessableSecrets } from './guessable-secrets.ts';

const warningOf = (client_secret: string | undefined) =>
  warnOfGuessableSecrets([{ client_id: 'shop', client_secret }]);

describe('P-23 a client secret', () => {
  it.each([
    ['its client’s name and a run', 'shop-secret-0123456789'],
    ['one character, again and again', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['the keys in their order', 'qwertyuiopasdfghjkl'],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz'],
    ['a word said often', 'secretsecretsecretsecret'],
    ['a common word in other letters', 'P4ssw0rdP4ssw0rd2024'],
  ])('that is %s is warned of, and not shown', (_what, secret) => {
    expect(warningOf(secret)).toBe(
      'CLIENTS_FILE: client_secret can be guessed for shop. Put 32 random bytes in its place',
    );
  });

  it.each([
    ['32 random bytes in base64url', randomBytes(32).toString('base64url')],
    ['16 random bytes in hex', randomBytes(16).toString('hex')],
    ['no secret', undefined],
  ])('that is %s is not', (_what, secret) => {
    expect(warningOf(secret)).toBeUndefined();
  });

  it('that can be guessed is told once at the start, with all of its kind', async () => {
    await using idp = await openTestProvider();
    const warned = idp.events.filter(({ type }) => type === 'config.warned');
    expect(warned).toEqual([
      {
        type: 'config.warned',
        message: expect.stringMatching(/guessed for shop, blog, .*\. Put 32 random bytes/),
      },
    ]);
  });
});
