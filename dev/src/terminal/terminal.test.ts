import { describe, expect, it } from 'vitest';
import { people } from '../people.ts';
import { bannerOf } from './banner.ts';
import { Failure } from './failure.ts';
import { readHttpsPort } from './https-port.ts';
import { createPaint, wantsColour } from './paint.ts';
import { describeFailure } from './run-command.ts';
import { createScreen, prefixed } from './screen.ts';

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

describe('HTTPS_PORT', () => {
  it.each([
    [undefined, 8443],
    ['', 8443],
    ['443', 443],
    ['9443', 9443],
  ])('%j is %d', (value, port) => {
    expect(readHttpsPort({ HTTPS_PORT: value })).toBe(port);
  });

  it.each(['0', '65536', '-1', '8443x', '1e3', ' 443', '٤٤٣'])('%j is refused in one sentence', (value) => {
    expect(() => readHttpsPort({ HTTPS_PORT: value })).toThrow(`HTTPS_PORT=${value} is no port`);
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

const shown = (events: Parameters<ReturnType<typeof createScreen>>[0][]): string[] => {
  const lines: string[] = [];
  const show = createScreen({ paint: plain, print: (line) => lines.push(line) });
  events.forEach(show);
  return lines;
};

describe('the screen', () => {
  it('shows progress, and what an app prints once it is ready', () => {
    expect(
      shown([
        { type: 'member.line', name: 'shop', line: '▲ Next.js' },
        { type: 'member.line', name: 'shop', line: '  ⨯ someSetting' },
        { type: 'member.line', name: 'shop', line: '⚠ something odd' },
        { type: 'member.ready', name: 'shop', milliseconds: 1234 },
        { type: 'member.line', name: 'shop', line: 'hello' },
        { type: 'member.line', name: 'shop', line: ' GET /healthz 200 in 3ms' },
        { type: 'member.line', name: 'shop', line: '   ' },
      ]),
    ).toEqual(['shop  │ ⚠ something odd', '  ✓ Nightfield  1.2 s', 'shop  │ hello']);
  });

  it('G19 takes codes and states out of the request lines of next dev', () => {
    expect(prefixed('blog', 'GET /auth/callback?code=abc&state=d.e-f&iss=x 303 in 20ms', plain)).toBe(
      'blog  │ GET /auth/callback?code=…&state=…&iss=x 303 in 20ms',
    );
  });
});

describe('the banner', () => {
  const origins = {
    idp: 'https://idp.localhost',
    shop: 'https://shop.localhost',
    blog: 'https://blog.localhost',
  };
  const store = { name: 'Chromium', isTrusted: async () => true, add: () => [], remove: () => [] };

  it('names every address, every person and their passphrase', () => {
    const banner = bannerOf({ origins, people }, [], plain);
    for (const origin of Object.values(origins)) expect(banner).toContain(origin);
    for (const { username, password } of people)
      expect(banner).toMatch(new RegExp(`${username} +${password} `));
  });

  it('says who does not trust the certificate and what ends that', () => {
    expect(bannerOf({ origins, people }, [{ store, trusted: false }], plain)).toMatch(
      /not trusted yet by Chromium[^]*pnpm trust/,
    );
    expect(bannerOf({ origins, people }, [{ store, trusted: true }], plain)).toContain(
      'is trusted by Chromium.',
    );
  });
});
