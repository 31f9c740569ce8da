import { describe, expect, it } from 'vitest';
import { AuthError, authError, authErrorCodes, isAuthError, notify, quoteUntrusted } from './index.ts';

describe('an error', () => {
  it.each(authErrorCodes)('%s ends with its code, and names no file of this repository', (code) => {
    const error = authError(code, 'what is wrong: what to do');
    expect(error).toBeInstanceOf(AuthError);
    expect(error).toMatchObject({ name: 'AuthError', code, transient: false, scope: undefined });
    expect(error.message).toBe(`what is wrong: what to do (${code})`);
  });

  it('keeps its cause and says whether time heals it', () => {
    const cause = new Error('refused');
    expect(authError('keys_unavailable', 'x', { cause, transient: true })).toMatchObject({
      cause,
      transient: true,
    });
    expect(Object.hasOwn(authError('csrf', 'x'), 'cause')).toBe(false);
  });

  it.each([
    ['its own', authError('csrf', 'x'), true],
    [
      'one of another copy of the module',
      Object.assign(new Error('x'), { name: 'AuthError', code: 'csrf' }),
      true,
    ],
    ['another error', new TypeError('x'), false],
    ['no error', { name: 'AuthError', code: 'csrf' }, false],
  ])('is told apart: %s', (_what, value, expected) => {
    expect(isAuthError(value)).toBe(expected);
  });
});

describe('an untrusted value in a message', () => {
  it.each([
    ['text', '"text"'],
    ['two\r\nlines', '"two??lines"'],
    ['a "quote" \\ more', '"a ?quote? ? more"'],
    ['\u001B[31mred', '"?[31mred"'],
    ['caf\u00E9', '"caf?"'],
    ['x'.repeat(200), `"${'x'.repeat(120)}…"`],
    [undefined, '"nothing"'],
    [['a', 1], '"[?a?,1]"'],
  ])('T-05 %j stands as %s', (value, expected) => {
    expect(quoteUntrusted(value)).toBe(expected);
  });
});

const brokenLogger = () => {
  throw new Error('the logger is broken');
};

it('an observer that throws changes nothing', () => {
  expect(() => notify(brokenLogger, { type: 'config.warned', message: 'x' })).not.toThrow();
});
