import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:http2';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../stack/stack.ts';
import { stubApp, stubApps } from '../stack/stub-apps.ts';
import { startStack } from '../stack/start-stack.ts';
import { caddyfile } from './environment.ts';
import { findCaddy } from './find-caddy.ts';
import { secretParameters } from './secret-parameters.ts';

const root = mkdtempSync(join(tmpdir(), 'log-filters-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A request's address with every parameter that a filter knows, spelled in ways that a parser might tidy up. */
const ADDRESS = `/a%2Fb/./c?x=1&${secretParameters.map((name) => `${name}=a+b%20c%2F`).join('&')}&y&;=%C3%A9&x=2&=`;

/** Each header of a request that a filter knows, with values as clients send them. */
const REQUEST_HEADERS: Readonly<Record<string, readonly string[]>> = {
  Authorization: ['Bearer eyJ.a-b_c.d~e+/=='],
  Cookie: ['__Host-session=eyJ.a.b; a="b c"; code=x?y#z'],
  Dpop: ['eyJ0eXAiOiJkcG9wK2p3dCJ9.e30.AA'],
  'Next-Router-State-Tree': ['%5B%22%22%2C%7B%22c%22%3A%5B%22x%3Fcode%3D1%22%5D%7D%5D?code=1#z'],
  'Next-Url': ['/orders?page=2#top'],
  Referer: ['https://shop.localhost:8443/orders?page=2&code=x#top'],
};

/** For the proxy alone, which takes it away (RFC 9110 §11.7.2). */
const FOR_THE_PROXY = { 'Proxy-Authorization': ['Basic YTpi'] };

/** Each header of an answer that a filter knows, with values as apps send them. */
const ANSWER_HEADERS: Readonly<Record<string, readonly string[]>> = {
  'Set-Cookie': ['__Host-a=b?c#d; Secure; Path=/', 'e=f; Max-Age=0'],
  Location: ['https://shop.localhost/auth/callback?code=x&state=y#z'],
  Refresh: ['1; url=/orders?page=2#top'],
  'X-Action-Redirect': ['/orders?page=2#top;push'],
};

// Answers with the address and the headers as they came, and with the headers above.
const echo = `
import { createServer } from 'node:http';
const { PORT } = process.env;
const answer = ${JSON.stringify(ANSWER_HEADERS)};
createServer(({ url, rawHeaders }, response) => {
  for (const [name, values] of Object.entries(answer)) response.setHeader(name, values);
  response.end(JSON.stringify({ url, rawHeaders }));
}).listen(Number(PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
`;

interface Passage {
  /** What the app got. */
  readonly url: string;
  readonly sent: ReadonlyMap<string, readonly string[]>;
  /** What the browser got back. */
  readonly answered: ReadonlyMap<string, readonly string[]>;
}

/** Values by name in lower case, from the list that names and values take turns in. */
function byName(raw: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), value]);
  }
  return found;
}

const given = Object.entries({ ...REQUEST_HEADERS, ...FOR_THE_PROXY });

function passageOf(body: string, answerHeaders: readonly string[]): Passage {
  const { url, rawHeaders }: { url: string; rawHeaders: string[] } = JSON.parse(body);
  return { url, sent: byName(rawHeaders), answered: byName(answerHeaders) };
}

/** HTTP/1.1, as programs speak it. */
async function sendPlainly(stack: Stack): Promise<Passage> {
  const { hostname, host, port } = new URL(stack.origins.shop);
  const headers = { host, ...Object.fromEntries(given.map(([name, values]) => [name, [...values]])) };
  const target = { host: '127.0.0.1', port, path: ADDRESS, servername: hostname, agent: false, headers };
  const sent = request({ ...target, ca: readFileSync(stack.rootCertificate) }).end();
  const [response] = await once(sent, 'response');
  return passageOf(await text(response), response.rawHeaders);
}

/** HTTP/2, as browsers speak it. */
async function sendAsBrowser(stack: Stack): Promise<Passage> {
  const { hostname, host, port } = new URL(stack.origins.shop);
  const session = connect(`https://127.0.0.1:${port}`, {
    ca: readFileSync(stack.rootCertificate),
    servername: hostname,
  });
  const headers = Object.fromEntries(given.map(([name, [value]]) => [name.toLowerCase(), value]));
  const stream = session.request({ ':path': ADDRESS, ':authority': host, ...headers });
  const [, , raw] = await once(stream, 'response');
  const passage = passageOf(await text(stream), raw);
  session.close();
  return passage;
}

/** The fields that the filters of all logs name: `request>headers>Cookie`. */
async function filteredFields(): Promise<string[]> {
  const args = ['adapt', '--config', caddyfile, '--adapter', 'caddyfile'];
  const { stdout } = await promisify(execFile)(findCaddy() ?? 'caddy', args);
  const logs: { logging: { logs: Record<string, { encoder?: { fields?: object } }> } } = JSON.parse(stdout);
  return Object.values(logs.logging.logs).flatMap(({ encoder }) => Object.keys(encoder?.fields ?? {}));
}

describe.skipIf(findCaddy() === undefined)('writing a log', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      mode: 'production',
      root,
      programs: { ...stubApps, shop: stubApp('shop', echo) },
    });
  });
  afterAll(() => stack.stop());

  describe.each([
    ['HTTP/1.1', sendPlainly],
    ['HTTP/2', sendAsBrowser],
  ])('of %s', (_protocol, send) => {
    let passage: Passage;
    beforeAll(async () => {
      passage = await send(stack);
    });

    it('changes no byte of the address that the app gets', () => {
      expect(passage.url).toBe(ADDRESS);
    });

    it.each(Object.entries(REQUEST_HEADERS))(
      'changes no byte of the %s that the app gets',
      (name, values) => {
        expect(passage.sent.get(name.toLowerCase())).toEqual(values);
      },
    );

    it('leaves the app no Proxy-Authorization', () => {
      expect(passage.sent.has('proxy-authorization')).toBe(false);
    });

    it.each(Object.entries(ANSWER_HEADERS))(
      'changes no byte of the %s that the browser gets',
      (name, values) => {
        expect(passage.answered.get(name.toLowerCase())).toEqual(values);
      },
    );
  });

  it('is looked at for each field that a filter names', async () => {
    const fields = [
      'request>uri',
      ...given.map(([name]) => `request>headers>${name}`),
      ...Object.keys(ANSWER_HEADERS).map((name) => `resp_headers>${name}`),
    ];
    expect(new Set(await filteredFields())).toEqual(new Set(fields));
  });

  it('G19 G-01 shows neither what the request nor what the answer keeps secret', async () => {
    await sendPlainly(stack);
    const { accessLog } = stack.files;
    await expect.poll(() => readFileSync(accessLog, 'utf8')).toContain('"uri":"/a%2Fb/./c?');
    const log = readFileSync(accessLog, 'utf8');
    expect(log).toContain('"Location":["https://shop.localhost/auth/callback?…"]');
    for (const secret of ['code=x', 'eyJ', '__Host-', 'YTpi', 'page=2', 'a+b']) {
      expect(log).not.toContain(secret);
    }
  });
});
