import { expect, it } from 'vitest';
import { readBody } from './read-body.ts';

/** A body that arrives in parts, with no length announced, and counts what was taken. */
function streamed(parts: readonly string[]) {
  const taken: string[] = [];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts[taken.length];
        if (part === undefined) return controller.close();
        taken.push(part);
        controller.enqueue(new TextEncoder().encode(part));
      },
    },
    { highWaterMark: 0 },
  );
  const init = { method: 'POST', body, duplex: 'half' };
  return { taken, request: new Request('https://app.example/', init) };
}

it('joins what arrives in parts', async () => {
  expect(await readBody(streamed(['logout', '_token', '=ü']).request, 100)).toBe('logout_token=ü');
});

it('T-27 stops reading where a body outgrows its limit', async () => {
  const { request, taken } = streamed(Array.from({ length: 1000 }, () => 'x'.repeat(50)));
  expect(await readBody(request, 100)).toBeUndefined();
  expect(taken).toHaveLength(3);
});

it('reads nothing of a body that announces too much', async () => {
  const request = new Request('https://app.example/', {
    method: 'POST',
    body: 'xx',
    headers: { 'content-length': '200' },
  });
  expect(await readBody(request, 100)).toBeUndefined();
});

it('gives an empty text for no body', async () => {
  expect(await readBody(new Request('https://app.example/', { method: 'POST' }), 100)).toBe('');
});
