import { describe, expect, it } from 'vitest';
import { documentResponse } from './static-document.ts';

const document = { body: '{"a":1}', etag: '"tag"' };
const ask = (ifNoneMatch?: string) =>
  documentResponse(
    new Request('https://id.example/', ifNoneMatch ? { headers: { 'if-none-match': ifNoneMatch } } : {}),
    document,
    { contentType: 'application/json', maxAgeSeconds: 300 },
  );

describe('a document that is the same for everybody', () => {
  it.each([undefined, '"other"', 'tag', '"other", W/"another"', '""'])(
    'goes out whole to whoever knows %s',
    async (known) => {
      const response = ask(known);
      expect([response.status, await response.text()]).toEqual([200, document.body]);
      expect(response.headers.get('etag')).toBe('"tag"');
      expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    },
  );

  it.each(['"tag"', 'W/"tag"', '"other", "tag"', 'W/"other",W/"tag"', '*'])(
    'need not go out again to whoever knows %s',
    async (known) => {
      const response = ask(known);
      expect([response.status, await response.text()]).toEqual([304, '']);
      expect(response.headers.get('etag')).toBe('"tag"');
    },
  );
});
