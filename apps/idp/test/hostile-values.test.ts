import { CompactSign, decodeJwt } from 'jose';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.ts';
import { loadStylesheet } from '../src/interaction/stylesheet.ts';
import { type HostileRequest, hostileRequests, namesOf } from './hostile-requests.ts';
import { type Belongings, gatherBelongings, rows } from './hostile-rows.ts';
import { HOSTILE_JSON } from './hostile-values.ts';
import { ISSUER } from './registrations.ts';
import { assertionForm, signerKey } from './signer.ts';
import { INITIAL_TOKEN, OPEN_TO_STRANGERS } from './strangers.ts';
import { authorizationForm, openTestProvider, type TestProvider, tokenRequest } from './test-provider.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from './throwaway-postgres.ts';

describe('X-21 hostile values on SQLite', () => {
  describeTable(() => 'file::memory:');
});

describe.skipIf(!hasPostgres)('X-21 hostile values on PostgreSQL', () => {
  let server: ThrowawayPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());
  describeTable(() => server.url);
});

/** A try over the budget would be refused before its values are read. */
const MANY_TRIES = {
  SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS: '1000',
  SIGN_IN_TRIES_PER_ADDRESS: '1000',
  SIGN_IN_TRIES_PER_ACCOUNT: '1000',
};

function describeTable(databaseUrl: () => string): void {
  let idp: TestProvider;
  let belongings: Belongings;
  beforeAll(async () => {
    idp = await openTestProvider({
      DATABASE_URL: databaseUrl(),
      ...OPEN_TO_STRANGERS,
      ...MANY_TRIES,
    });
    belongings = await gatherBelongings(idp);
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it('each route of the provider has a row, and each row a route', () => {
    const { routes } = createApp(idp.provider, loadStylesheet());
    const served = routes.filter(({ method }) => ['GET', 'POST', 'PUT', 'DELETE'].includes(method));
    expect(Object.keys(rows).toSorted()).toEqual(
      served.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
  });

  it('each parameter that the provider reads is in the table', () => {
    const rights = Object.values(rows).flatMap((row) => row(belongings));
    const tried = rights.flatMap((right) => [...namesOf(right)]);
    expect(parametersRead().filter((name) => !tried.includes(name))).toEqual([]);
  });

  it.each(Object.entries(rows))('%s answers none with 500 or more', async (route, row) => {
    expect(await failuresOf(idp, hostileRequests(route, row(belongings)))).toEqual([]);
  });

  it('POST /token answers no signed assertion of hostile claims with 500 or more', async () => {
    expect(await failuresOf(idp, await hostileAssertions(idp.provider.clock()))).toEqual([]);
  });

  const pushed = 'client_id=shop&request_uri=urn:ietf:params:oauth:request_uri:%00';
  it.each([
    ['GET', '/authorize/%00', 'the address'],
    ['GET', '/sign-in/%00', 'the address'],
    ['GET', '/consent/%00', 'the address'],
    ['GET', '/end-session/%00', 'the address'],
    ['GET', `/authorize?${pushed}`, 'request_uri'],
    ['POST', '/sign-in/:id', 'username'],
  ])('%s %s is refused with 400, which says that %s holds NUL', async (method, path, place) => {
    const { browser, path: signInPath } = belongings.signIn;
    const response = await (method === 'GET'
      ? browser.get(path)
      : browser.post(signInPath, { username: 'ada\0', password: 'x' }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`${place} holds the character NUL`);
  });

  it('a pushed request is refused with 400, which names what of it holds NUL', async () => {
    const request = tokenRequest(authorizationForm({ state: '\0' }), 'shop', '/par');
    const response = await idp.fetch(request);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'invalid_request',
      error_description: 'state holds the character NUL',
    });
  });

  it.each([
    [
      'redirect_uris',
      ['com.example.app://['],
      'invalid_redirect_uri',
      /redirect_uris\.0 is an https address/,
    ],
    ['scope', 'a\0', 'invalid_client_metadata', /scope holds the character NUL/],
    ['jwks', deepJwks(), 'invalid_client_metadata', /jwks is nested more than 16 deep/],
    ['scope', '\ud800', 'invalid_client_metadata', /scope holds half a character/],
  ])('a registration whose %s can’t be stored is told so', async (member, value, error, description) => {
    const members = { application_type: 'native', redirect_uris: ['com.example.app:/cb'], [member]: value };
    const response = await idp.fetch(
      new Request(`${ISSUER}/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${INITIAL_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(members),
      }),
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error,
      error_description: expect.stringMatching(description),
    });
  });
}

function deepJwks(): unknown {
  const deep: unknown = JSON.parse('['.repeat(17) + ']'.repeat(17));
  return { keys: [{ kty: 'EC', x: deep }] };
}

const SOURCE = join(import.meta.dirname, '../src');

/** The names by which the source asks for a parameter. */
function parametersRead(): string[] {
  const files = ['protocol', 'interaction'].flatMap((room) =>
    readdirSync(join(SOURCE, room), { recursive: true, encoding: 'utf8' }).map((file) => join(room, file)),
  );
  const read = files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(join(SOURCE, file), 'utf8').matchAll(ASKS)]);
  return [...new Set(read.map(([, name = '']) => name))];
}

const ASKS = /(?<!headers)(?:\.(?:get|all)|\bsingle)\('([a-z_]+)'\)/g;

const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'jti'];

async function hostileAssertions(now: number): Promise<HostileRequest[]> {
  const { client_assertion: right = '', ...form } = await assertionForm(now);
  const pairs = CLAIMS.flatMap((claim) => HOSTILE_JSON.map(([what, json]) => ({ claim, what, json })));
  return Promise.all(
    pairs.map(async ({ claim, what, json }) => {
      const { [claim]: _, ...others } = decodeJwt(right);
      const payload = `${JSON.stringify({ ...others, jti: what }).slice(0, -1)},"${claim}":${json}}`;
      const client_assertion = await new CompactSign(new TextEncoder().encode(payload))
        .setProtectedHeader({ alg: signerKey.alg, kid: signerKey.kid, typ: 'JWT' })
        .sign(signerKey.privateKey);
      const body = new URLSearchParams({ ...form, grant_type: 'client_credentials', client_assertion });
      return { what: `${claim}: ${what}`, request: new Request(`${ISSUER}/token`, { method: 'POST', body }) };
    }),
  );
}

const AT_ONCE = 32;

async function failuresOf(idp: TestProvider, requests: readonly HostileRequest[]): Promise<string[]> {
  const failures: string[] = [];
  for (let start = 0; start < requests.length; start += AT_ONCE) {
    const batch = requests.slice(start, start + AT_ONCE);
    const answers = await Promise.all(batch.map(({ request }) => idp.fetch(request)));
    failures.push(
      ...answers.flatMap(({ status }, index) => (status < 500 ? [] : [`${status} ${batch[index]?.what}`])),
    );
  }
  return failures;
}
