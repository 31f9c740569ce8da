import { describe, expect, it } from 'vitest';
import { claimRows } from './claim-rows.ts';
import { claimMeaning } from './claim-meanings.ts';

const names = (claims: Record<string, unknown>, kind: 'id' | 'access' = 'id') =>
  claimRows(kind, claims).map(({ name }) => name);

describe('claims', () => {
  it.each([
    [
      'id',
      [
        'iss',
        'sub',
        'aud',
        'exp',
        'iat',
        'nonce',
        'auth_time',
        'acr',
        'amr',
        'azp',
        'sid',
        'at_hash',
        'name',
      ],
    ],
    [
      'access',
      ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id', 'scope', 'permissions', 'sid', 'acr', 'act'],
    ],
  ] as const)('of an %s token that a standard defines have a sentence and a section each', (kind, claims) => {
    for (const claim of claims) {
      const { sentence, source } = claimMeaning(kind, claim);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(/own\.$/);
      expect(source.label).toMatch(/§\d/);
      expect(source.href).toMatch(
        /^https:\/\/(www\.rfc-editor\.org\/rfc\/rfc\d+#section-|openid\.net\/specs\/)/,
      );
    }
  });

  it('mean different things in different tokens', () => {
    expect(claimMeaning('id', 'aud').source.label).toBe('OpenID Connect Core §2');
    expect(claimMeaning('access', 'aud').source.label).toBe('RFC 9068 §2.2');
  });

  it.each(['constructor', '__proto__', 'shoe_size'])("X-15 %s is a claim of the provider's own", (claim) => {
    expect(claimMeaning('access', claim).source.label).toBe('RFC 7519 §4.3');
  });

  it('stand in reading order: the person first, technicalities last', () => {
    expect(names({ iss: 'i', exp: 1, shoe_size: 44, email: 'e', name: 'n', sub: 's' })).toEqual([
      'name',
      'email',
      'shoe_size',
      'sub',
      'iss',
      'exp',
    ]);
    expect(names({ iss: 'i', permissions: [], aud: 'a' }, 'access')).toEqual(['aud', 'permissions', 'iss']);
  });

  it.each([
    ['exp', 1_795_471_445, '2026-11-23 22:04:05 UTC'],
    ['shoe_size', 44, '44'],
    ['email_verified', true, 'yes'],
    ['amr', ['pwd', 'otp'], 'pwd, otp'],
    ['permissions', [], 'none'],
    ['act', { sub: 'blog' }, '{"sub":"blog"}'],
  ])('show %s: %j as "%s"', (name, value, text) => {
    expect(claimRows('id', { [name]: value })[0]?.value).toBe(text);
  });
});
