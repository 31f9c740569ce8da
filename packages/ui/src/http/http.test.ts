import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, failureHtml, pageHeaders, scriptNonce } from './index.ts';

describe('the Content-Security-Policy', () => {
  const policy = contentSecurityPolicy({
    nonce: 'abc',
    formTargets: ['https://idp.example'],
    development: false,
  });

  it('lets no script run but with the nonce', () => {
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain('unsafe');
  });

  it('never gives the same nonce twice', () => {
    const nonces = new Set(Array.from({ length: 100 }, scriptNonce));
    expect(nonces.size).toBe(100);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });

  it('P-17 forbids framing', () => {
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('lets forms lead to the site and the provider, since the sign-out form is redirected there', () => {
    expect(policy).toContain("form-action 'self' https://idp.example;");
  });

  it('lets scripts call the site, and the APIs of other sites that are named', () => {
    expect(policy).toContain("connect-src 'self';");
    const apiOrigins = ['https://shop.example'];
    const wider = contentSecurityPolicy({ nonce: 'abc', formTargets: [], apiOrigins, development: false });
    expect(wider).toContain("connect-src 'self' https://shop.example;");
  });

  it('lets nothing run where no document policy is made', () => {
    const fallback = pageHeaders.find(({ key }) => key === 'Content-Security-Policy')?.value;
    expect(fallback).toMatch(/^default-src 'none'/);
    expect(fallback).not.toMatch(/script-src|unsafe/);
  });
});

describe('the page of a failed sign-in', () => {
  const page = {
    siteTitle: 'Shop',
    color: '#a8480f',
    title: 'This took too long',
    explanation: 'Start again.',
    retryHref: '/auth/login?return_to=%2F',
    homeHref: '/',
    code: 'login_expired',
  };

  it('names what happened and leads on', () => {
    const html = failureHtml(page);
    expect(html).toContain('<h1>This took too long</h1>');
    expect(html).toContain('href="/auth/login?return_to=%2F"');
    expect(html).toContain('login_expired');
  });

  it.each(['title', 'explanation', 'retryHref', 'homeHref', 'code', 'siteTitle'] as const)(
    'P-18 escapes its %s',
    (field) => {
      const html = failureHtml({ ...page, [field]: `"><script>alert('1')</script>&` });
      expect(html).not.toContain('<script');
      expect(html).not.toContain('">&lt;script>');
      expect(html).toContain('&quot;&gt;&lt;script&gt;');
    },
  );
});
