import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { findAsk } from './ask.ts';
import { Failure } from './failure.ts';
import { createPaint, wantsColour } from './paint.ts';
import { describeFailure } from './run-command.ts';

const plain = createPaint(false);

describe('colour', () => {
  it.each([
    [{}, { isTTY: true }, true],
    [{}, { isTTY: false }, false],
    [{ NO_COLOR: '1' }, { isTTY: true }, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, { isTTY: true }, false],
    [{ NO_COLOR: '' }, { isTTY: true }, true],
    [{ FORCE_COLOR: '1' }, {}, true],
    [{ FORCE_COLOR: '0' }, { isTTY: true }, false],
    [{ TERM: 'dumb' }, { isTTY: true }, false],
  ])('%j on %j: %s', (env, output, colour) => {
    expect(wantsColour(env, output)).toBe(colour);
  });
});

/** Types into a terminal once the question is there. */
const answer = async (keys: string | undefined): Promise<boolean | undefined> => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const asked = findAsk(input, output)?.('Install it?');
  await once(output, 'data');
  if (keys === undefined) input.end();
  else input.write(keys);
  return asked;
};

describe('a question', () => {
  it.each([
    ['Enter', '\r', true],
    ['y', 'y\r', true],
    ['Yes', 'Yes\r', true],
    ['n', 'n\r', false],
    ['anything else', 'what\r', false],
    ['Ctrl-C', '\u0003', false],
    ['Ctrl-D', '\u0004', false],
    ['the end of the terminal', undefined, false],
  ])('takes %s for an answer', async (_, keys, expected) => {
    expect(await answer(keys)).toBe(expected);
  });

  it('is not asked where nobody is there', () => {
    expect(findAsk(new PassThrough(), new PassThrough())).toBeUndefined();
  });
});

describe('a failure', () => {
  it('is a sentence with the fix, below the last words of the program', () => {
    const failure = new Failure('blog ended', 'start it again', { details: ['no such file'] });
    expect(describeFailure(failure, plain)).toBe('  │ no such file\n✗ blog ended: start it again.');
  });

  it('that nobody foresaw keeps its stack', () => {
    expect(describeFailure(new TypeError('x is undefined'), plain)).toMatch(
      /^TypeError: x is undefined\n\s+at /,
    );
  });
});
