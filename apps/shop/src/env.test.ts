import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const right = {
  BASE_URL: 'https://shop.example/',
  ISSUER: 'https://idp.example',
  CLIENT_SECRET: 'secret-of-the-test',
  SESSION_KEYS: 'new, old',
  BLOG_URL: 'https://blog.example/some/path',
};

describe("the shop's environment", () => {
  it('becomes origins, lists and defaults', () => {
    expect(readEnv(right)).toMatchObject({
      BASE_URL: 'https://shop.example',
      BLOG_URL: 'https://blog.example',
      CLIENT_ID: 'shop',
      SESSION_KEYS: ['new', 'old'],
    });
  });

  it('names everything that is wrong in one sentence, and no value', () => {
    const wrong = { ...right, BASE_URL: 'shop', ISSUER: undefined, CLIENT_SECRET: '' };
    expect(() => readEnv(wrong)).toThrow(/BASE_URL.*ISSUER.*CLIENT_SECRET/);
    expect(() => readEnv({ ...right, BLOG_URL: 'secret-of-the-test' })).not.toThrow(/secret-of-the-test/);
  });
});
