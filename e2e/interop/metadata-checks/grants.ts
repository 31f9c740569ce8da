import { apps } from '@sso/domains';
import { expect } from '../../fixtures/test.ts';
import type { GenericClient } from '../../support/generic-client.ts';

/** What each announced `grant_type` gives. */
export const grants: Readonly<Record<string, (client: GenericClient, grantType: string) => Promise<void>>> = {
  authorization_code: async (client) => expect((await client.login()).accessToken).toMatch(/./),

  refresh_token: async (client, grant_type) => {
    const { refreshToken: refresh_token, claims } = await client.login();
    const { body } = await client.post('token_endpoint', { grant_type, refresh_token });
    expect(body['refresh_token']).not.toBe(refresh_token);
    expect((await client.verify(String(body['id_token']))).claims.sub).toBe(claims.sub);
  },

  client_credentials: async (client, grant_type) => {
    const resource = apps.shop.audience;
    const { body } = await client.post('token_endpoint', { grant_type, resource });
    const { claims } = await client.verify(String(body['access_token']));
    expect(claims).toMatchObject({ aud: resource, sub: 'foreign-trusted', client_id: 'foreign-trusted' });
    expect(body).not.toHaveProperty('refresh_token');
  },

  'urn:ietf:params:oauth:grant-type:token-exchange': async (client, grant_type) => {
    const { accessToken } = await client.login({ resource: apps.blog.audience });
    const { body } = await client.post('token_endpoint', {
      grant_type,
      subject_token: accessToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource: apps.shop.audience,
    });
    const { claims } = await client.verify(String(body['access_token']));
    expect(claims.aud).toBe(apps.shop.audience);
  },
};
