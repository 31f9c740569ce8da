import { describe, expect, it } from 'vitest';
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
