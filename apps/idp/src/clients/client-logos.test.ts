import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startLoopback } from '../../test/loopback-server.ts';
import { GIF, JPEG, PNG, WEBP } from '../../test/pictures.ts';
import type { ProviderEvent } from '../events/provider-event.ts';
import { createClientFetch } from './client-fetch.ts';
import { createClientLogos, LOGO_LIMITS } from './client-logos.ts';
import { parseClients } from './clients-file.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const send =
  (type: string, body: Buffer | string): Answer =>
  (_request, response) =>
    response.writeHead(200, { 'content-type': type }).end(body);

function clientOf(logoUri: string | undefined, dynamicallyRegistered = false) {
  const registration = {
    client_id: 'pictured',
    client_secret: 'a-secret-0123456789',
    redirect_uris: ['https://pictured.example/cb'],
    logo_uri: logoUri,
  };
  const [client] = parseClients([registration]);
  if (!client) throw new Error('no client');
  return { ...client, dynamicallyRegistered };
}

function openLogos(privateHosts: readonly string[] = []) {
  let now = 1_800_000_000;
  const events: ProviderEvent[] = [];
  const fetch = createClientFetch((hostname) => privateHosts.includes(hostname), LOGO_LIMITS);
  const observe = (event: ProviderEvent) => void events.push(event);
  return {
    ...createClientLogos({ fetch, clock: () => now, observe }),
    events,
    pass: (seconds: number) => void (now += seconds),
  };
}

describe('the logo of a client', () => {
  it.each([
    ['PNG', 'image/png', PNG],
    ['JPEG', 'image/jpeg', JPEG],
    ['WebP', 'image/webp', WEBP],
    ['GIF', 'image/gif', GIF],
  ])('may be a %s', async (_what, type, bytes) => {
    await using server = await startLoopback(send(type, bytes));
    const logo = await openLogos().find(clientOf(`http://127.0.0.1:${server.port}/logo`));
    expect(logo?.type).toBe(type);
    expect(Buffer.from(logo?.bytes ?? [])).toEqual(bytes);
  });

  it('is what its bytes say, where a server calls one picture another', async () => {
    await using server = await startLoopback(send('image/jpeg; charset=binary', PNG));
    const logo = await openLogos().find(clientOf(`http://127.0.0.1:${server.port}/logo`));
    expect(logo?.type).toBe('image/png');
  });

  it('is none where no logo_uri was registered', async () => {
    const logos = openLogos();
    expect(await logos.find(clientOf(undefined))).toBeUndefined();
    expect(logos.events).toEqual([]);
  });

  it('is fetched once for many pages, without anything about the person', async () => {
    const seen: string[] = [];
    await using server = await startLoopback((request, response) => {
      seen.push(...Object.keys(request.headers));
      send('image/png', PNG)(request, response);
    });
    const { find, pass } = openLogos();
    const client = clientOf(`http://127.0.0.1:${server.port}/logo`);
    await Promise.all(Array.from({ length: 20 }, () => find(client)));
    pass(86_399);
    await find(client);
    expect(server.requests).toEqual(['GET /logo']);
    expect(seen.toSorted()).toEqual(['accept', 'connection', 'host']);
    pass(1);
    await find(client);
    expect(server.requests).toEqual(['GET /logo', 'GET /logo']);
  });

  it.each<readonly [string, Answer]>([
    ['an SVG', send('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['an SVG that is called a PNG', send('image/png', '<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a page that is called a PNG', send('image/png', '<!doctype html><script>alert(1)</script>')],
    ['a PNG that is called a page', send('text/html', PNG)],
    ['a PNG that is called an SVG', send('image/svg+xml', PNG)],
    ['a PNG without a type', (_request, response) => response.end(PNG)],
    ['a bitmap', send('image/bmp', Buffer.from('BM0000'))],
    ['a RIFF that is no WebP', send('image/webp', Buffer.from('RIFF0000WAVEfmt '))],
    ['nothing', send('image/png', '')],
    ['129 KiB', send('image/png', Buffer.concat([PNG, Buffer.alloc(129 * 1024)]))],
    ['an error', (_request, response) => response.writeHead(500, { 'content-type': 'image/png' }).end(PNG)],
    ['a redirect', (_request, response) => response.writeHead(302, { location: '/other' }).end()],
    ['a part', (_request, response) => response.writeHead(206, { 'content-type': 'image/png' }).end(PNG)],
    ['a cut-off connection', (_request, response) => response.destroy()],
  ])('X-20 is none where its address answers with %s, and that is asked once', async (_what, answer) => {
    await using server = await startLoopback(answer);
    const logos = openLogos();
    const client = clientOf(`http://127.0.0.1:${server.port}/logo`);
    expect(await logos.find(client)).toBeUndefined();
    expect(await logos.find(client)).toBeUndefined();
    expect(server.requests).toEqual(['GET /logo']);
    expect(logos.events).toEqual([
      { type: 'config.warned', message: expect.stringContaining('the logo of the client pictured') },
    ]);
  });

  it('is asked for again ten minutes after a failure', async () => {
    let isDown = true;
    await using server = await startLoopback((request, response) =>
      isDown ? response.destroy() : send('image/png', PNG)(request, response),
    );
    const { find, pass } = openLogos();
    const client = clientOf(`http://127.0.0.1:${server.port}/logo`);
    expect(await find(client)).toBeUndefined();
    isDown = false;
    pass(599);
    expect(await find(client)).toBeUndefined();
    pass(1);
    expect((await find(client))?.type).toBe('image/png');
  });

  it('X-20 leaves the memory when a hundred others were shown since', async () => {
    await using server = await startLoopback(send('image/png', PNG));
    const { find } = openLogos();
    const numbered = (index: number) => clientOf(`http://127.0.0.1:${server.port}/${index}`);
    for (let index = 0; index <= 100; index += 1) await find(numbered(index));
    await find(numbered(100));
    expect(server.requests).toHaveLength(101);
    await find(numbered(0));
    expect(server.requests).toHaveLength(102);
  });

  it('X-19 is not looked for inside when the client registered itself', async () => {
    await using server = await startLoopback(send('image/png', PNG));
    const { find } = openLogos(['localhost']);
    const at = (host: string, isSelfMade: boolean) =>
      find(clientOf(`http://${host}:${server.port}/logo`, isSelfMade));
    expect((await at('127.0.0.1', false))?.type).toBe('image/png');
    expect(await at('127.0.0.1', true)).toBeUndefined();
    expect(server.requests).toHaveLength(1);
    expect((await at('localhost', true))?.type).toBe('image/png');
  });
});
