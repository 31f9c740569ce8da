import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type TestProvider, openTestProvider, tokenRequest } from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

type Metadata = Readonly<Record<string, unknown>>;

/** Of the names that IANA registers for authorization server metadata (RFC 8414 §7.1), those that are used here. */
const REGISTERED = [
  /^(issuer|jwks_uri|(authorization|token|userinfo|introspection|revocation|registration)_endpoint)$/,
  /^(pushed_authorization_request|end_session)_endpoint$/,
  /^(scopes|response_types|response_modes|grant_types|subject_types|prompt_values|acr_values)_supported$/,
  /^(claims|claim_types|id_token_signing_alg_values|code_challenge_methods)_supported$/,
  /^(token|introspection|revocation)_endpoint_auth_(methods|signing_alg_values)_supported$/,
  /^backchannel_logout(_session)?_supported$/,
  /^(claims|request|request_uri|authorization_response_iss)_parameter_supported$/,
  // RFC 9449 §5.1
  /^dpop_signing_alg_values_supported$/,
];

describe('what discovery announces', () => {
  let idp: TestProvider;
  let metadata: Metadata;
  beforeAll(async () => {
    idp = await openTestProvider();
    metadata = await (await ask('/.well-known/openid-configuration')).json();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (path: string, headers: Record<string, string> = {}) =>
    idp.fetch(new Request(ISSUER + path, { headers }));
  const listOf = (member: string): readonly string[] => {
    const list = metadata[member];
    return Array.isArray(list) ? list.map(String) : [];
  };

  it('is what OIDC Discovery §3 and RFC 8414 §2 require', () => {
    for (const member of [
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'userinfo_endpoint',
      'jwks_uri',
      'scopes_supported',
      'response_types_supported',
      'subject_types_supported',
      'id_token_signing_alg_values_supported',
    ]) {
      expect(metadata).toHaveProperty(member);
    }
    expect(listOf('scopes_supported')).toContain('openid');
    expect(listOf('id_token_signing_alg_values_supported')).toContain('RS256');
  });

  it('is that sites hear of sign-outs, by sid (Back-Channel Logout 1.0 §2.1)', () => {
    expect(metadata).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    });
  });

  it('T-01 T-02 names no algorithm that anybody could sign with', () => {
    const algorithms = Object.keys(metadata).filter((member) => member.includes('_alg_values_'));
    expect(algorithms.length).toBeGreaterThanOrEqual(4);
    for (const alg of algorithms.flatMap(listOf)) expect(alg).toMatch(/^(ES|RS|PS)(256|384|512)$|^EdDSA$/);
  });

  it('has members with a registered name only, and so no resource_indicators_supported', () => {
    const unknown = Object.keys(metadata).filter((member) => !REGISTERED.some((names) => names.test(member)));
    expect(unknown).toEqual([]);
  });

  it('leaves out what does not work here', () => {
    for (const member of [
      'userinfo_signing_alg_values_supported',
      'userinfo_encryption_alg_values_supported',
      'id_token_encryption_alg_values_supported',
      'check_session_iframe',
    ]) {
      expect(metadata).not.toHaveProperty(member);
    }
    const weak = ['implicit', 'password', 'client_secret_jwt', 'plain', 'token', 'id_token'];
    const said = Object.values(metadata).flat();
    expect(weak.filter((word) => said.includes(word))).toEqual([]);
  });

  it('P-23 says that introspection wants proof, and revocation takes public clients too', () => {
    expect(listOf('introspection_endpoint_auth_methods_supported')).not.toContain('none');
    for (const endpoint of ['token', 'revocation']) {
      const methods = listOf(`${endpoint}_endpoint_auth_methods_supported`);
      expect(methods).toEqual(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']);
    }
  });

  it('P-24 lists just the grants that the token endpoint knows', async () => {
    for (const grant_type of [...listOf('grant_types_supported'), 'password', 'implicit']) {
      const error = await errorOf(idp.fetch(tokenRequest({ grant_type }, 'bare')));
      const isKnown = error !== '400 unsupported_grant_type';
      expect([grant_type, isKnown]).toEqual([
        grant_type,
        listOf('grant_types_supported').includes(grant_type),
      ]);
    }
  });

  it('is one text, rendered once, at both addresses', async () => {
    const paths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
    const [oidc, oauth] = await Promise.all(paths.map((path) => ask(path)));
    expect(await oidc?.text()).toBe(await oauth?.text());
    expect(oidc?.headers.get('etag')).toBe(oauth?.headers.get('etag'));
    expect(oidc?.headers.get('cache-control')).toBe('public, max-age=300');
    const known = await ask(paths[1] ?? '', { 'if-none-match': oidc?.headers.get('etag') ?? '' });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });

  it('G12 points to keys whose tag changes with them, and not otherwise', async () => {
    const first = await ask('/jwks');
    expect(first.headers.get('content-type')).toBe('application/jwk-set+json');
    // T-39: a shared cache keeps a revoked key no longer than this.
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    const etag = first.headers.get('etag') ?? '';
    expect((await ask('/jwks', { 'if-none-match': etag })).status).toBe(304);
    await idp.provider.keys.reload();
    expect((await ask('/jwks', { 'if-none-match': etag })).status).toBe(304);
    await idp.provider.keys.rotate('ES256');
    expect((await ask('/jwks', { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('P-26 an answer with tokens or about them', () => {
  it.each([
    ['a token', '/token', { grant_type: 'client_credentials', resource: 'https://shop.example/api' }],
    ['a refusal', '/token', { grant_type: 'password' }],
    ['introspection', '/introspect', { token: 'x' }],
    ['revocation', '/revoke', { token: 'x' }],
    ['a refused revocation', '/revoke', {}],
  ])('(%s) is stored nowhere', async (_what, path, form) => {
    await using idp = await openTestProvider();
    const response = await idp.fetch(tokenRequest(form, 'robot', path));
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('pragma')).toBe('no-cache');
  });
});
