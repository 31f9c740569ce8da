import { expect, test } from '@playwright/test';
import { createResourceServer } from '@sso/auth/resource';
import type { Configuration } from 'oidc-provider';
import { type ForeignProvider, startForeignProvider } from '../support/foreign-provider.ts';
import { fillAsForeignPerson, openOwnSite, ownClient } from '../support/own-site.ts';

const audience = 'https://observatory.example/api';
const halley = fillAsForeignPerson('halley');

/** Resource indicators (RFC 8707) as oidc-provider does them: at+jwt by RS256, permissions in a claim of its own. */
const withResources: Configuration = {
  features: {
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context, resource) => ({
        audience: resource,
        scope: 'stars.read stars.name',
        accessTokenFormat: 'jwt',
        accessTokenTTL: 100,
        jwt: { sign: { alg: 'RS256' } },
      }),
      useGrantedResource: () => true,
    },
  },
};

const start = () => startForeignProvider({ clients: [ownClient], configuration: withResources });

const open = ({ issuer }: ForeignProvider) =>
  openOwnSite({ issuer, audience, scope: 'openid profile stars.read', permissionsClaim: 'scope' });

test.describe('a token of oidc-provider for our own API', () => {
  test('decides on pages by the claim that the site names', async () => {
    await using foreign = await start();
    const site = open(foreign);
    const answer = await site.signIn(halley);
    expect(site.refusals).toEqual([]);
    expect(answer.headers.get('location')).toBe('https://observatory.example/stars');
    const session = await site.session();
    expect(session?.permissions).toContain('stars.read');
    expect(session?.can('stars.name')).toBe(false);
    expect(session?.accessTokenClaims).toMatchObject({ aud: audience, client_id: 'observatory' });
  });

  test('is renewed for the same audience', async () => {
    await using foreign = await start();
    const site = open(foreign);
    await site.signIn(halley);
    site.wait(60);
    const { session } = await site.party.refreshSession(site.jar.header(site.party.baseUrl));
    expect(site.refusals).toEqual([]);
    expect(session?.permissions).toContain('stars.read');
  });

  test('opens the API, which knows nothing of its issuer but the name', async () => {
    await using foreign = await start();
    const site = open(foreign);
    await site.signIn(halley);
    const token = await site.party.tokenFor(site.jar.header(site.party.baseUrl), audience);
    const api = createResourceServer({
      issuer: foreign.issuer,
      audience,
      algorithms: ['RS256'],
      permissionsClaim: 'scope',
    });
    const headers = new Headers({ authorization: `Bearer ${token}` });
    const claims = await api.authenticate(new Request(audience, { headers }));
    expect(claims.sub).toBe('halley');
    expect(claims.can('stars.read')).toBe(true);
  });
});
