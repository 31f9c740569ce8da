import { describe, expect, it } from 'vitest';
import { people } from '../stack/demo-people.ts';
import { createPaint } from '../terminal/paint.ts';
import { bannerOf, firstPageFailed } from './banner.ts';
import { createScreen, prefixed } from './screen.ts';

const plain = createPaint(false);

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
        { type: 'service.line', name: 'shop', line: '▲ Next.js' },
        { type: 'service.line', name: 'shop', line: '  ⨯ someSetting' },
        { type: 'service.line', name: 'shop', line: '⚠ something odd' },
        { type: 'service.ready', name: 'shop', milliseconds: 1234 },
        { type: 'service.line', name: 'shop', line: 'hello' },
        { type: 'service.line', name: 'shop', line: ' GET /healthz 200 in 3ms' },
        { type: 'service.line', name: 'shop', line: '   ' },
      ]),
    ).toEqual(['shop  │ ⚠ something odd', '  ✓ Nightfield  1.2 s', 'shop  │ hello']);
  });

  it('leaves out what was compared, which a log holds for programs', () => {
    const line = '{"time":"2026-01-01T00:00:00.000Z","type":"token.checked","checks":[]}';
    const ready = { type: 'service.ready', name: 'blog', milliseconds: 10 } as const;
    const shownOnes = shown([ready, { type: 'service.line', name: 'blog', line }]);
    expect(shownOnes).toEqual(['  ✓ Dark Hours  0.0 s']);
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
    const banner = bannerOf({ origins, explorer: undefined, people }, [], plain);
    for (const origin of Object.values(origins)) expect(banner).toContain(origin);
    for (const { username, password } of people)
      expect(banner).toMatch(new RegExp(`${username} +${password} `));
  });

  it('names the explorer where it runs', () => {
    const explorer = 'https://explorer.localhost';
    expect(bannerOf({ origins, explorer, people }, [], plain)).toContain(`Explorer    ${explorer}`);
    expect(bannerOf({ origins, explorer: undefined, people }, [], plain)).not.toContain('Explorer');
  });

  it('names a site whose first page fails, and its database', () => {
    expect(firstPageFailed('Nightfield', '/clone/.local/dev/data/shop.sqlite')).toMatch(
      /^✗ Nightfield answers its first page with 500: .* delete \/clone\/\.local\/dev\/data\/shop\.sqlite\*/,
    );
  });

  it('says who does not trust the certificate and what ends that', () => {
    expect(bannerOf({ origins, explorer: undefined, people }, [{ store, trusted: false }], plain)).toMatch(
      /not trusted yet by Chromium[^]*pnpm trust/,
    );
    expect(bannerOf({ origins, explorer: undefined, people }, [{ store, trusted: true }], plain)).toContain(
      'is trusted by Chromium.',
    );
  });
});
