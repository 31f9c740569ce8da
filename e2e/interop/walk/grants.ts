import { apps } from '@sso/domains';
import { expect } from '../../fixtures/test.ts';
import type { Stranger } from '../../support/stranger.ts';

/** What each announced `grant_type` gives. */
export const grants: Readonly<Record<string, (stranger: Stranger, grantType: string) => Promise<void>>> = {
  authorization_code: async (stranger) => expect((await stranger.login()).accessToken).toMatch(/./),

  refresh_token: async (stranger, grant_type) => {
    const { refreshToken: refresh_token, claims } = await stranger.login();
    const { body } = await stranger.post('token_endpoint', { grant_type, refresh_token });
    expect(body['refresh_token']).not.toBe(refresh_token);
    expect((await stranger.verify(String(body['id_token']))).claims.sub).toBe(claims.sub);
  },

  client_credentials: async (stranger, grant_type) => {
    const resource = apps.shop.audience;
    const { body } = await stranger.post('token_endpoint', { grant_type, resource });
    const { claims } = await stranger.verify(String(body['access_token']));
    expect(claims).toMatchObject({ aud: resource, sub: 'foreign-trusted', client_id: 'foreign-trusted' });
    expect(body).not.toHaveProperty('refresh_token');
  },

  'urn:ietf:params:oauth:grant-type:token-exchange': async (stranger, grant_type) => {
    const { accessToken } = await stranger.login({ resource: apps.blog.audience });
    const { body } = await stranger.post('token_endpoint', {
      grant_type,
      subject_token: accessToken,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource: apps.shop.audience,
    });
    const { claims } = await stranger.verify(String(body['access_token']));
    expect(claims.aud).toBe(apps.shop.audience);
  },
};
