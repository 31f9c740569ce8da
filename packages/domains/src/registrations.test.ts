import { describe, expect, it } from 'vitest';
import { access, apps, appList, originOf, registrationOf, registrations, relyingParties } from './index.ts';

describe('the list of apps', () => {
  it('keeps every host exactly one label below localhost, so that browsers treat them as different sites', () => {
    for (const { host } of appList) expect(host).toMatch(/^[a-z]+\.localhost$/);
  });

  it('gives every app a host, a port and a name of its own', () => {
    for (const key of ['host', 'port', 'name', 'color'] as const) {
      expect(new Set(appList.map((app) => app[key])).size).toBe(appList.length);
    }
  });

  it('names one audience of the access contract per relying party', () => {
    expect(relyingParties.map((app) => app.audience)).toEqual(Object.keys(access.audiences));
  });
});

describe('origins', () => {
  it('leave the port out on 443', () => {
    expect(originOf('shop', 443)).toBe('https://shop.localhost');
    expect(originOf('shop')).toBe('https://shop.localhost:8443');
  });
});

describe('registrations', () => {
  it('follow the HTTPS port in every address', () => {
    for (const client of registrations(9999)) {
      const addresses = [
        client.client_uri,
        client.initiate_login_uri,
        ...client.redirect_uris,
        ...client.post_logout_redirect_uris,
        client.backchannel_logout_uri,
      ];
      for (const address of addresses) expect(new URL(address).port).toBe('9999');
    }
  });

  it('never ask for offline_access', () => {
    for (const client of registrations()) expect(client.scope.split(' ')).not.toContain('offline_access');
  });

  it('let each site stand for its own API, and no two for the same', () => {
    expect(registrations().map(({ audiences }) => audiences)).toEqual([
      [apps.shop.audience],
      [apps.blog.audience],
    ]);
  });

  it('ASVS 10.4.11 allow each site its own API, and at the other one what it calls there and nothing else', () => {
    const [shop, blog] = registrations();
    const across = (client: typeof shop, own: string) =>
      client?.permissions.filter((name) => !name.startsWith(own));
    expect(across(shop, 'shop:')).toEqual(['blog:posts.read']);
    expect(across(blog, 'blog:')).toEqual([
      'shop:products.read',
      'shop:prices.member',
      'shop:orders.read',
      'shop:orders.read-any',
      'shop:orders.refund',
    ]);
    for (const app of relyingParties) {
      const own = Object.keys(access.audiences[app.audience].permissions);
      expect(registrationOf(app).permissions).toEqual(expect.arrayContaining(own));
    }
  });
});
