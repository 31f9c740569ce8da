import { describe, expect, it } from 'vitest';
import { keepClaims } from './index.ts';

const claims = {
  iss: 'https://id.example',
  sub: 'ada',
  aud: 'shop',
  exp: 2,
  iat: 1,
  nonce: 'n',
  at_hash: 'h',
  sid: 's',
  auth_time: 1,
  name: 'Ada',
  phone_number: '+1',
};

describe('the claims a session keeps', () => {
  it('are who, how, when and what pages show; protocol claims have done their work', () => {
    expect(keepClaims(claims)).toEqual({ iss: claims.iss, sub: 'ada', sid: 's', auth_time: 1, name: 'Ada' });
  });

  it('follow the list a site gives', () => {
    expect(keepClaims(claims, ['phone_number'])).toEqual({
      iss: claims.iss,
      sub: 'ada',
      sid: 's',
      auth_time: 1,
      phone_number: '+1',
    });
  });

  it('leave out one that alone would outgrow the cookie: the person still gets in', () => {
    expect(keepClaims({ ...claims, picture: `data:${'x'.repeat(5000)}` })).not.toHaveProperty('picture');
  });

  it.each(['constructor', '__proto__', 'toString'])('X-15 never hold an inherited %s', (name) => {
    expect(Object.keys(keepClaims(claims, [name]))).not.toContain(name);
  });
});
