import { wholeDocuments } from '@sso/ui/http';
import { NextRequest, NextResponse } from 'next/server.js';
import { describe, expect, it } from 'vitest';
import { withContentSecurityPolicy } from './proxy.ts';

const proxy = withContentSecurityPolicy(async ({ headers }) => NextResponse.next({ request: { headers } }), {
  issuer: () => 'https://idp.example/tenant',
  development: false,
});

const DOCUMENT = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'user-agent': 'Browser/1' };
const FETCH = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'user-agent': 'Browser/1' };

const send = async (headers: Record<string, string> = DOCUMENT) =>
  (await proxy(new NextRequest('https://shop.example/', { headers }))).headers;

describe('the proxy of a site', () => {
  it('gives page and browser the same policy', async () => {
    const headers = await send();
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/script-src 'nonce-[0-9a-f]{32}'/);
    expect(headers.get('x-middleware-request-content-security-policy')).toBe(policy);
  });

  it('makes a new nonce for each document', async () => {
    const policies = await Promise.all([send(), send(), send()]);
    expect(new Set(policies.map((headers) => headers.get('content-security-policy'))).size).toBe(3);
  });

  it('lets forms lead to the origin of the provider', async () => {
    const policy = (await send()).get('content-security-policy');
    expect(policy).toContain("form-action 'self' https://idp.example;");
  });

  it('tells caches that the page depends on the cookie', async () => {
    expect((await send()).get('vary')).toContain('Cookie');
  });

  it.each([
    ['a document', DOCUMENT, true],
    ['a document of a client without fetch metadata', { 'user-agent': 'curl/8' }, true],
    ['a document of a client that says nothing of itself', {}, true],
    ['a fetch of the router', FETCH, false],
    ['a prefetch by a router without fetch metadata', { 'next-url': '/', 'user-agent': 'Browser/1' }, false],
  ])('%s is rendered whole: %#', async (_what, headers, isWhole) => {
    const agent = (await send(headers)).get('x-middleware-request-user-agent') ?? '';
    expect(wholeDocuments.test(agent)).toBe(isWhole);
  });
});
