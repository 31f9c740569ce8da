import { expect, test } from '../fixtures/test.ts';
import { openCanary, sendBytes } from '../support/raw-socket.ts';
import { boundOf } from '../support/patience.ts';
import { type Outgoing, send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';

const ACTION = '40'.padEnd(42, 'a');
const TEXT = { 'content-type': 'text/plain;charset=UTF-8', 'next-action': ACTION };
const BOUNDARY = 'sky';
const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

const parts = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('') + `--${BOUNDARY}--\r\n`;

const flight = (fields: Readonly<Record<string, string>>): Outgoing => ({
  headers: { ...MULTIPART, 'next-action': ACTION },
  body: parts(fields),
});

/** The shapes of CVE-2025-55182 (RCE), -55183 (source), -55184 and -67779 (endless loops), CVE-2026-23870. */
const bodies: readonly (readonly [string, Outgoing])[] = [
  ['an unknown action', { headers: TEXT, body: '[]' }],
  ['no JSON', { headers: TEXT, body: '{"' }],
  ['an empty body', { headers: TEXT, body: '' }],
  ['an action id that is no id', { headers: { ...TEXT, 'next-action': '../../etc/passwd' }, body: '[]' }],
  ['an action id of 8 kB', { headers: { ...TEXT, 'next-action': 'a'.repeat(8000) }, body: '[]' }],
  ['arrays 100 000 deep', { headers: TEXT, body: '['.repeat(100_000) }],
  ['a prototype reference', flight({ 0: '["$1:__proto__:constructor:constructor"]', 1: '{}' })],
  [
    'a forged chunk',
    flight({
      0: '{"then":"$1:__proto__:then","status":"resolved_model","reason":-1,"value":"{\\"then\\":\\"$B1337\\"}","_response":{"_prefix":"process.exit(1);","_formData":{"get":"$1:constructor:constructor"}}}',
      1: '"$@0"',
    }),
  ],
  ['a chunk that waits for itself', flight({ 0: '"$@0"', 1: '"$@1"' })],
  ['chunks that wait for each other', flight({ 0: '"$1"', 1: '"$0"' })],
  ['a server reference to nowhere', flight({ 0: '["$F1"]', 1: '{"id":"nothing","bound":null}' })],
  ['maps and sets of themselves', flight({ 0: '["$Q1","$W1"]', 1: '["$Q1"]' })],
  ['a form without JavaScript', { headers: MULTIPART, body: parts({ [`$ACTION_ID_${ACTION}`]: '' }) }],
  [
    'a bound action that is none',
    { headers: MULTIPART, body: parts({ $ACTION_REF_1: '', '$ACTION_1:0': '{"id":"x","bound":"$@1"}' }) },
  ],
  [
    'a form that breaks off',
    { headers: { ...MULTIPART, 'next-action': ACTION }, body: `--${BOUNDARY}\r\nContent-Disposition: form` },
  ],
  [
    '20 000 fields',
    flight(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [String(index), '1']))),
  ],
];

/** Past Caddy, or with Caddy before it where the size is the attack. */
const post = (stack: StackInfo, outgoing: Outgoing) =>
  send(`http://127.0.0.1:${stack.ports.shop}/members`, {
    method: 'POST',
    ...outgoing,
    headers: { ...outgoing.headers, accept: 'text/x-component' },
  });

async function expectAwake(stack: StackInfo): Promise<void> {
  const began = performance.now();
  expect((await send(`${stack.origins.shop}/healthz`)).status).toBe(200);
  expect(performance.now() - began).toBeLessThan(await boundOf(1000, stack));
}

test.describe('X-07 a body that is no action of ours runs nothing and costs little:', () => {
  for (const [what, outgoing] of bodies) {
    test(what, async ({ stack }) => {
      const response = await post(stack, outgoing);
      expect(response.status).toBeGreaterThanOrEqual(300);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toContain('Your prices, side by side');
      await expectAwake(stack);
    });
  }

  test('10 MB are refused before the site reads them', async ({ stack }) => {
    const body = 'x'.repeat(10_000_000);
    const answer = await send(`${stack.origins.shop}/members`, { method: 'POST', headers: TEXT, body }).then(
      ({ status }) => status,
      // Caddy answers and hangs up while the rest is still being sent.
      ({ code }: NodeJS.ErrnoException) => code,
    );
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(answer);
    await expectAwake(stack);
  });
});

test.describe('X-05 a request line with an address of its own reaches nobody else:', () => {
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  const lines = (canary: number): readonly (readonly [string, string])[] => [
    [
      'absolute form',
      `GET http://127.0.0.1:${canary}/ HTTP/1.1\r\nHost: shop.localhost\r\nConnection: close\r\n\r\n`,
    ],
    [
      'absolute form, the canary as host',
      `GET http://127.0.0.1:${canary}/members HTTP/1.1\r\nHost: 127.0.0.1:${canary}\r\nConnection: close\r\n\r\n`,
    ],
    [
      'a WebSocket upgrade',
      `GET http://127.0.0.1:${canary}/ HTTP/1.1\r\nHost: shop.localhost\r\n${upgrade}\r\n`,
    ],
    [
      'a WebSocket upgrade to the hot-reload path',
      `GET http://127.0.0.1:${canary}/_next/hmr HTTP/1.1\r\nHost: shop.localhost\r\n${upgrade}\r\n`,
    ],
    ['CONNECT', `CONNECT 127.0.0.1:${canary} HTTP/1.1\r\nHost: 127.0.0.1:${canary}\r\n\r\n`],
  ];

  test('absolute form, WebSocket upgrades and CONNECT', async ({ stack }) => {
    await using canary = await openCanary();
    for (const [what, line] of lines(canary.port)) {
      const answer = await sendBytes(stack.ports.shop, line);
      expect(answer, what).not.toContain('canary');
      expect(answer, what).not.toContain('Your prices, side by side');
      expect(answer, what).not.toMatch(/^HTTP\/1.1 (101|5)/);
    }
    expect(canary.calls()).toBe(0);
    await expectAwake(stack);
  });
});
