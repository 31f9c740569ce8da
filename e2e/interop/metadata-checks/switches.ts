import { expect } from '../../fixtures/test.ts';
import type { Check } from './check.ts';

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

  authorization_response_iss_parameter_supported: async (client, isSupported) => {
    for (const parameters of [{}, { prompt: 'none' }]) {
      const { answer } = await client.authorize(parameters);
      expect(answer.has('iss')).toBe(isSupported);
    }
  },
};
