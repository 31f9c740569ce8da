import { describe, expect, it } from 'vitest';
import { GOOD_NAMES, HOSTILE_NAMES } from '../../test/hostile-names.ts';
import { parseClients } from './clients-file.ts';
import { isRegisteredRedirect } from './redirect-uris.ts';

const site = {
  client_id: 'shop',
  client_secret: 'shop-secret-0123456789',
  redirect_uris: ['https://shop.example/cb'],
};

const ecKey = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
const jwks = { keys: [ecKey] };

const fapi = {
  client_id: 'bank',
  redirect_uris: ['https://bank.example/callback'],
  token_endpoint_auth_method: 'private_key_jwt',
  jwks_uri: 'https://bank.example/jwks',
  require_pushed_authorization_requests: true,
  dpop_bound_access_tokens: true,
  id_token_signed_response_alg: 'ES256',
};

describe('CLIENTS_FILE', () => {
  it('fills in what RFC 7591 and OIDC say where a registration is silent', () => {
    const [client] = parseClients([site]);
    expect(client).toMatchObject({
      name: 'shop',
      grantTypes: ['authorization_code'],
      authMethods: ['client_secret_basic', 'client_secret_post'],
      idTokenAlg: 'RS256',
      requirePkce: true,
      firstParty: false,
      resources: [],
      audiences: [],
      permissions: [],
    });
  });

  it.each([
    ['as it is written', 'https://shop.example', 'https://shop.example'],
    ['not where it looks like another host', 'https://bank.example@evil.example/', undefined],
    ['not where it holds a passphrase', 'https://x:y@evil.example/', undefined],
  ])('leads to the home page of a client %s', (_what, client_uri, uri) => {
    expect(parseClients([{ ...site, client_uri }])[0]?.uri).toBe(uri);
  });

  it('keeps the public keys of a client that signs, and no secret', () => {
    const method = {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
    };
    const [client] = parseClients([{ ...site, ...method, jwks }]);
    expect(client).toMatchObject({
      authMethods: ['private_key_jwt'],
      assertionAlgs: ['ES256'],
      jwks,
      secretHash: undefined,
    });
  });

  it('keeps no secret, only its hash', () => {
    expect(JSON.stringify(parseClients([site]))).not.toContain(site.client_secret);
  });

  it.each([
    ['no array', {}, /expected array/],
    ['no secret', [{ ...site, client_secret: undefined }], /client "shop": client_secret is missing/],
    ['a short secret', [{ ...site, client_secret: 'short' }], /client "shop": client_secret has at least 16/],
    [
      'http on a public host',
      [{ ...site, redirect_uris: ['http://shop.example/cb'] }],
      /redirect_uris\.0 is an https/,
    ],
    [
      'http logout on a public host',
      [{ ...site, post_logout_redirect_uris: ['http://a.example'] }],
      /post_logout_redirect_uris/,
    ],
    ['a redirect with a fragment', [{ ...site, redirect_uris: ['https://shop.example/#x'] }], /no fragment/],
    ['a wildcard', [{ ...site, redirect_uris: ['https://*.example/cb'] }], /no wildcard/],
    ['a name before the host', [{ ...site, redirect_uris: ['https://shop@evil.example/'] }], /no user name/],
    ['a blank', [{ ...site, redirect_uris: ['https://shop.example/ cb'] }], /encode them/],
    ['a backslash', [{ ...site, redirect_uris: ['https://shop.example\\@evil.example'] }], /encode them/],
    ['an address without slashes', [{ ...site, redirect_uris: ['https:shop.example'] }], /is an https/],
    ['an endless address', [{ ...site, redirect_uris: [`https://a.example/${'x'.repeat(2000)}`] }], /longer/],
    [
      'a private-use scheme for a site',
      [{ ...site, redirect_uris: ['com.example.app:/cb'] }],
      /redirect_uris hold a private-use scheme/,
    ],
    ['an encrypted ID token', [{ ...site, id_token_encrypted_response_alg: 'RSA-OAEP' }], /is not supported/],
    [
      'a client of the FAPI 2.0 Security Profile whose ID tokens are signed by RS256',
      [{ ...fapi, id_token_signed_response_alg: 'RS256' }],
      /must be ES256 or EdDSA/,
    ],
    [
      'one whose assertions are',
      [{ ...fapi, token_endpoint_auth_signing_alg: 'RS256' }],
      /must be ES256, PS256 or EdDSA/,
    ],
    [
      'one that comes back over http',
      [{ ...fapi, redirect_uris: ['http://localhost/callback'] }],
      /must be https for a client of the FAPI/,
    ],
    [
      'tokens bound to a certificate',
      [{ ...site, tls_client_certificate_bound_access_tokens: true }],
      /is not supported/,
    ],
    [
      'pairwise names on several hosts',
      [
        {
          ...site,
          subject_type: 'pairwise',
          redirect_uris: ['https://a.example/cb', 'https://b.example/cb'],
        },
      ],
      /sector_identifier_uri is missing/,
    ],
    ['names of an unknown kind', [{ ...site, subject_type: 'secret' }], /subject_type/],
    ['a sector by http', [{ ...site, sector_identifier_uri: 'http://a.example/' }], /sector_identifier_uri/],
    ['a sector with a fragment', [{ ...site, sector_identifier_uri: 'https://a.example/#x' }], /no fragment/],
    ['a name of two lines', [{ ...site, client_name: 'a\nb' }], /client_name is one line,/],
    ['a script as redirect', [{ ...site, redirect_uris: ['javascript:alert(1)'] }], /redirect_uris/],
    [
      'a public client without PKCE',
      [{ ...site, token_endpoint_auth_method: 'none', require_pkce: false }],
      /require_pkce must stay on/,
    ],
    ['the implicit grant', [{ ...site, grant_types: ['implicit'] }], /grant_types/],
    [
      'an unsigned ID token',
      [{ ...site, id_token_signed_response_alg: 'none' }],
      /id_token_signed_response_alg/,
    ],
    [
      'client_credentials for a public client',
      [{ ...site, token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] }],
      /grant_types must not hold client_credentials/,
    ],
    [
      'private_key_jwt without keys',
      [{ ...site, token_endpoint_auth_method: 'private_key_jwt' }],
      /jwks is missing/,
    ],
    ['keys at two places', [{ ...site, jwks, jwks_uri: 'https://shop.example/jwks' }], /jwks_uri must not/],
    ['keys by http', [{ ...site, jwks_uri: 'http://shop.example/jwks' }], /jwks_uri is an https/],
    ['G-04 a private key', [{ ...site, jwks: { keys: [{ ...ecKey, d: 'AA' }] } }], /holds a private key/],
    ['a shared key', [{ ...site, jwks: { keys: [{ kty: 'oct', k: 'AA' }] } }], /jwks/],
    [
      'T-02 assertions signed with a shared secret',
      [{ ...site, token_endpoint_auth_signing_alg: 'HS256' }],
      /token_endpoint_auth_signing_alg/,
    ],
    ['the same id twice', [site, site], /"shop" is there twice/],
    [
      'T-41 two clients that stand for one audience',
      [
        { ...site, audiences: ['https://a.example', 'https://b.example'] },
        { ...site, client_id: 'blog' },
        { ...site, client_id: 'wiki', audiences: ['https://c.example', 'https://b.example'] },
      ],
      /Both "shop" and "wiki" would stand for the audience "https:\/\/b.example"/,
    ],
  ])('refuses %s', (_what, content, message) => {
    expect(() => parseClients(content)).toThrow(message);
  });

  describe.each(['client_name', 'client_name#de', 'software_id', 'software_version'])('U-11 %s', (member) => {
    it.each(HOSTILE_NAMES)('can’t be %s', (_what, name) => {
      expect(() => parseClients([{ ...site, [member]: name }])).toThrow(`client "shop": ${member} `);
    });

    it.each(GOOD_NAMES)('can be %s', (name) => {
      expect(parseClients([{ ...site, [member]: name }])).toHaveLength(1);
    });
  });

  it('never repeats a secret in its complaints', () => {
    const content = [{ ...site, client_secret: 'short-secret', redirect_uris: ['x'] }];
    expect(() => parseClients(content)).toThrow(expect.not.stringContaining('short-secret'));
  });
});

describe('the redirect of a native client (RFC 8252)', () => {
  const native = { ...site, application_type: 'native', token_endpoint_auth_method: 'none' };
  const redirect_uris = [
    'http://127.0.0.1/cb',
    'http://[::1]:1234/cb',
    'com.example.app:/cb',
    'http://localhost/cb',
  ];
  const [client] = parseClients([{ ...native, redirect_uris }]);

  it.each([
    ['http://127.0.0.1:49152/cb', true],
    ['http://[::1]:49152/cb', true],
    ['com.example.app:/cb', true],
    ['http://localhost/cb', true],
    ['http://localhost:49152/cb', false],
    ['http://127.0.0.1:49152/other', false],
    ['http://127.0.0.1:49152/cb?x=1', false],
    ['http://127.0.0.2:49152/cb', false],
    ['http://127.0.0.1.evil.example:80/cb', false],
    ['http://127.0.0.1:80@evil.example/cb', false],
    ['http://127.0.0.1:999999/cb', false],
    ['https://127.0.0.1:49152/cb', false],
    ['com.example.app:/cb/x', false],
  ])('%s: %s', (uri, expected) => {
    expect(client && isRegisteredRedirect(client, uri)).toBe(expected);
  });

  it('may not vary its port where the client is a site', () => {
    const [web] = parseClients([{ ...site, redirect_uris: ['http://127.0.0.1/cb'] }]);
    expect(web && isRegisteredRedirect(web, 'http://127.0.0.1:49152/cb')).toBe(false);
  });
});
