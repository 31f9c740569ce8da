import { describe, expect, it } from 'vitest';
import { createExplorer } from './explorer-app.ts';
import { createHistory } from './history.ts';

const origin = 'https://explorer.localhost:8443';
const files = {
  document: '<html></html>',
  styles: 'a{}',
  script: async () => 'script',
  standalone: async () => '',
};

function open() {
  const history = createHistory(10);
  const app = createExplorer({ origin, history, files, people: () => ({ s1: 'Ada' }), sites: {} });
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.request(path, { method, headers: { host: 'explorer.localhost:8443', ...headers } });
  return { history, get };
}

describe('the explorer answers', () => {
  it.each([
    ['its own host', '/', {}, 'GET', 200],
    ['its own page', '/facts', { 'sec-fetch-site': 'same-origin' }, 'GET', 200],
    [
      'a link of another page to it',
      '/',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' },
      'GET',
      200,
    ],
    ['X-09 another host (DNS rebinding)', '/facts', { host: 'evil.example' }, 'GET', 421],
    ['X-09 its port by address', '/facts', { host: '127.0.0.1:4103' }, 'GET', 421],
    [
      'a script of another origin',
      '/facts',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'empty' },
      'GET',
      403,
    ],
    [
      'the stream to a sibling',
      '/records',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'empty' },
      'GET',
      403,
    ],
    ['a POST', '/', {}, 'POST', 405],
  ])('%s with the right status', async (_what, path, headers, method, status) => {
    const answer = await open().get(path, headers, method);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('with what was read, and with what is read from then on', async () => {
    const { history, get } = open();
    const event = { kind: 'event', at: 1, site: 'shop', type: 'session.opened', data: {} } as const;
    history.add([event]);
    const answer = await get('/records');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"type":"session.opened"');
    history.add([{ ...event, type: 'session.ended' }]);
    let text = '';
    while (!text.includes('session.ended')) text += (await reader?.read())?.value ?? '';
    expect(text).toContain('"id":2');
    await reader?.cancel();
  });
});

describe('the history', () => {
  it('is bounded: the oldest records go', () => {
    const history = createHistory(10);
    for (let at = 0; at < 100; at += 1)
      history.add([{ kind: 'event', at, site: 'shop', type: 'x', data: {} }]);
    const kept = history.since(0);
    expect(kept.length).toBeLessThanOrEqual(44);
    expect(kept.at(-1)?.at).toBe(99);
    expect(history.since(98).map(({ id }) => id)).toEqual([99, 100]);
  });
});
