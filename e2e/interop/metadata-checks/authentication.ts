import { importJWK, SignJWT } from 'jose';
import { expect } from '../../fixtures/test.ts';
import { ASSERTION_ALGS, requireForeignClient } from '../../support/foreign-clients.ts';
import type { GenericClient } from '../../support/generic-client.ts';
import { type Check, each } from './check.ts';

/** Every member that says how a client proves itself at one of the endpoints it calls. */
export const authentication: Readonly<Record<string, Check>> = {
  token_endpoint_auth_methods_supported: methodsAt('token_endpoint'),
  token_endpoint_auth_signing_alg_values_supported: algorithmsAt('token_endpoint'),
  introspection_endpoint_auth_methods_supported: methodsAt('introspection_endpoint'),
  introspection_endpoint_auth_signing_alg_values_supported: algorithmsAt('introspection_endpoint'),
  revocation_endpoint_auth_methods_supported: methodsAt('revocation_endpoint'),
  revocation_endpoint_auth_signing_alg_values_supported: algorithmsAt('revocation_endpoint'),
};

function methodsAt(member: string): Check {
  return each({
    client_secret_basic: async (client) => {
      const { clientId, secret } = requireForeignClient('trusted');
      const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
      await believes(client, member, {}, { authorization: `Basic ${basic}` });
    },
    client_secret_post: async (client) => {
      const { clientId: client_id, secret: client_secret } = requireForeignClient('old');
      await believes(client, member, { client_id, client_secret });
    },
    private_key_jwt: async (client) => believes(client, member, await assertion(client, 'ES256')),
    none: (client) => believes(client, member, { client_id: requireForeignClient('native').clientId }),
  });
}

function algorithmsAt(member: string): Check {
  const check = async (client: GenericClient, alg: string) =>
    believes(client, member, await assertion(client, alg));
  return each(Object.fromEntries(ASSERTION_ALGS.map((alg) => [alg, check])));
}

/** A well-formed request for nothing real: whoever accepts the client's proof answers another error than this one. */
const FORM = {
  grant_type: 'authorization_code',
  code: 'none',
  token: 'none',
  redirect_uri: 'https://x.example',
};

async function believes(
  client: GenericClient,
  member: string,
  proof: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const body = new URLSearchParams({ ...FORM, ...proof });
  const response = await fetch(client.endpoint(member), { method: 'POST', headers, body });
  expect(response.status).toBeLessThan(500);
  expect(await response.text()).not.toContain('invalid_client');
}

/** RFC 7523 §2.2, for the issuer as audience. */
async function assertion({ stack }: GenericClient, alg: string): Promise<Record<string, string>> {
  const { clientId, privateJwks } = requireForeignClient('signer');
  const client_assertion = await new SignJWT()
    .setProtectedHeader({ alg, kid: alg })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(stack.origins.idp)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(await importJWK(privateJwks[alg] ?? {}, alg));
  return {
    client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  };
}
