import { expect } from '../../fixtures/test.ts';
import { z } from 'zod';
import type { GenericClient } from '../../support/generic-client.ts';
import { requireInitialAccessToken } from '../../support/foreign-clients.ts';
import type { Check } from './check.ts';

const LOGOUT_URI = 'https://new.example/logged-out';

/** The members that say yes or no. */
export const switches: Readonly<Record<string, Check>> = {
  claims_parameter_supported: async (client, isSupported) => {
    const claims = JSON.stringify({ id_token: { email: { essential: true } } });
    const login = await client.login({ claims });
    expect('email' in login.claims).toBe(isSupported);
  },

  request_parameter_supported: async (client, isSupported) => {
    expect(isSupported).toBe(false);
    const { answer } = await client.authorize({ request: 'eyJhbGciOiJub25lIn0.e30.' });
    expect(answer.get('error')).toBe('request_not_supported');
  },

  request_uri_parameter_supported: async (client, isSupported) => {
    expect(isSupported).toBe(false);
    const { answer } = await client.authorize({ request_uri: 'https://foreign.example/request.jwt' });
    expect(answer.get('error')).toBe('request_uri_not_supported');
  },

  // That a site is told is shown in told-sites.spec.ts; here, that any client can ask for it.
  backchannel_logout_supported: async (client, isSupported) => {
    const registered = await register(client, { backchannel_logout_uri: LOGOUT_URI });
    expect(registered['backchannel_logout_uri'] === LOGOUT_URI).toBe(isSupported);
  },

  backchannel_logout_session_supported: async (client, isSupported) => {
    expect(typeof (await client.login()).claims['sid'] === 'string').toBe(isSupported);
    const metadata = { backchannel_logout_uri: LOGOUT_URI, backchannel_logout_session_required: true };
    expect(await register(client, metadata)).toMatchObject(metadata);
  },

  authorization_response_iss_parameter_supported: async (client, isSupported) => {
    for (const parameters of [{}, { prompt: 'none' }]) {
      const { answer } = await client.authorize(parameters);
      expect(answer.has('iss')).toBe(isSupported);
    }
  },
};

/** @returns the metadata of a client that has just registered itself (RFC 7591 §3.2.1) */
async function register(client: GenericClient, metadata: object): Promise<Record<string, unknown>> {
  const answer = await fetch(client.endpoint('registration_endpoint'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${requireInitialAccessToken()}` },
    body: JSON.stringify({ redirect_uris: ['https://new.example/callback'], ...metadata }),
  });
  return z.record(z.string(), z.unknown()).parse(await answer.json());
}
