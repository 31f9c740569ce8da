import { describe, expect, it } from 'vitest';
import { siteFinder } from './follow-logs.ts';
import { readAccessLine } from './read-access-line.ts';
import { readEventLine } from './read-event-line.ts';

const siteOf = siteFinder({
  shop: 'https://shop.localhost:8443',
  blog: 'https://blog.localhost:8443',
  idp: 'https://idp.localhost:8443',
});

const line = (request: object, rest: object = {}) =>
  JSON.stringify({
    ts: 1000.5,
    duration: 0.25,
    status: 303,
    size: 7,
    resp_headers: {},
    ...rest,
    request: {
      method: 'GET',
      host: 'shop.localhost:8443',
      uri: '/',
      headers: { 'User-Agent': ['Mozilla/5.0'] },
      ...request,
    },
  });

const readSignIn = (id: string) =>
  readAccessLine(line({ host: 'idp.localhost:8443', uri: `/sign-in/${id}` }), siteOf);

describe('a line of the access log', () => {
  it('becomes a request with its times in milliseconds, its parameters and where it leads', () => {
    const location = { Location: ['https://idp.localhost:8443/authorize?…'] };
    const text = line({ uri: '/auth/login?return_to=%2Fcart' }, { resp_headers: location });
    expect(readAccessLine(text, siteOf)).toEqual({
      kind: 'hop',
      at: 1_000_250,
      end: 1_000_500,
      site: 'shop',
      method: 'GET',
      path: '/auth/login',
      parameters: [['return_to', '/cart']],
      status: 303,
      location: 'https://idp.localhost:8443/authorize?…',
      isBrowser: true,
      bytes: 7,
    });
  });

  it('says that a value is hidden where an old Caddy hashes every value alike', () => {
    const read = readAccessLine(line({ uri: '/auth/callback?code=e3b0c442&state=0a1b2c3d' }), siteOf);
    expect(read?.parameters).toEqual([
      ['code', '(hidden)'],
      ['state', '0a1b2c3d'],
    ]);
  });

  it('shortens what names one interaction, and keeps apart which is which', () => {
    expect(readSignIn('pukE1kanGKUG0sv5Bp5XKg.tp5vk7.c2hvcA')?.path).toBe('/sign-in/…');
    expect(readSignIn('aaaaaaaaaaaa')?.interaction).not.toBe(readSignIn('bbbbbbbbbbbb')?.interaction);
  });

  it('names no interaction in a redirect either', () => {
    const location = { Location: ['https://idp.localhost:8443/sign-in/pukE1kanGKUG0sv5Bp5XKg.tp5vk7'] };
    expect(readAccessLine(line({}, { resp_headers: location }), siteOf)?.location).toBe(
      'https://idp.localhost:8443/sign-in/…',
    );
  });

  it.each([
    ['the question of a start whether a site is up', line({ headers: {} })],
    ['a file of a page', line({ uri: '/_next/static/a.js' })],
    ['a question whether an app is up', line({ uri: '/healthz' })],
    ['a stream that stays open', line({ uri: '/auth/events' })],
    ['a prefetch', line({ headers: { 'Next-Router-Prefetch': ['1'] } })],
    ['a request to the explorer', line({ host: 'explorer.localhost:8443' })],
    ['half a line', line({}).slice(0, 40)],
    ['words', 'started'],
  ])('is left out: %s', (_what, text) => {
    expect(readAccessLine(text, siteOf)).toBeUndefined();
  });
});

describe('a line of an app’s log', () => {
  it('becomes an event', () => {
    const text = '{"time":"2026-01-01T00:00:00.250Z","type":"session.opened","sub":"ada","level":"info"}';
    expect(readEventLine(text, 'shop')).toEqual({
      kind: 'event',
      at: Date.parse('2026-01-01T00:00:00.250Z'),
      site: 'shop',
      type: 'session.opened',
      data: { sub: 'ada' },
    });
  });

  it.each([
    ['what the access log says already', '{"time":"2026-01-01T00:00:00.250Z","type":"request.answered"}'],
    ['words', 'GET / 200 in 20ms'],
    ['words in braces', '{ no json }'],
    ['an object without a time', '{"type":"session.opened"}'],
  ])('is left out: %s', (_what, text) => {
    expect(readEventLine(text, 'shop')).toBeUndefined();
  });
});
