import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const right = {
  BASE_URL: 'https://blog.example/',
  ISSUER: 'https://idp.example',
  CLIENT_SECRET: 'secret-of-the-test',
  SESSION_KEYS: 'new, old',
  SHOP_URL: 'https://shop.example/some/path',
};

describe("the blog's environment", () => {
  it('becomes origins, lists and defaults', () => {
    expect(readEnv(right)).toMatchObject({
      BASE_URL: 'https://blog.example',
      SHOP_URL: 'https://shop.example',
      CLIENT_ID: 'blog',
      SESSION_KEYS: ['new', 'old'],
    });
  });

  it('names everything that is wrong in one sentence, and no value', () => {
    const wrong = { ...right, BASE_URL: 'blog', ISSUER: undefined, CLIENT_SECRET: '' };
    expect(() => readEnv(wrong)).toThrow(/BASE_URL.*ISSUER.*CLIENT_SECRET/);
    expect(() => readEnv({ ...right, SHOP_URL: 'secret-of-the-test' })).not.toThrow(/secret-of-the-test/);
  });
});
