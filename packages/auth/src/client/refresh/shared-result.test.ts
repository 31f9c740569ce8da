import { describe, expect, it } from 'vitest';
import { parseSharedResult, serializeSharedResult, type SharedResult } from './shared-result.ts';

describe('a shared refresh result', () => {
  it.each<SharedResult>([
    { kind: 'renewed', cookie: 'kid.iv.ciphertext.tag' },
    { kind: 'kept', retryAt: 1_800_000_000 },
    { kind: 'ended' },
  ])('%j is read as it was written', (result) => {
    expect(parseSharedResult(serializeSharedResult(result))).toEqual(result);
  });

  it.each([
    '',
    'ended',
    'kept 1800000000',
    'null',
    '[]',
    '{}',
    '{"kind":"other"}',
    '{"kind":"kept"}',
    '{"kind":"kept","retryAt":"1800000000"}',
    '{"kind":"kept","retryAt":1.5}',
    '{"kind":"renewed"}',
    '{"kind":"renewed","cookie":7}',
  ])('%j is no result', (text) => {
    expect(parseSharedResult(text)).toBeUndefined();
  });
});
