import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider';

/** A provider by somebody else, on a loopback port of its own. */
export interface ForeignProvider extends AsyncDisposable {
  readonly issuer: string;
  readonly provider: Provider;
}

export interface ForeignProviderOptions {
  readonly clients: readonly ClientMetadata[];
  /** How it calls clients (logout tokens). Default: each call fails. */
  readonly fetch?: typeof globalThis.fetch;
  /** Settings that are added to those of `settings` below, or replace them. */
  readonly configuration?: Configuration;
}

/** Starts `oidc-provider` with RS256 and its own choice of claims; any typed name signs in as that person. */
export async function startForeignProvider(options: ForeignProviderOptions): Promise<ForeignProvider> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a TCP server's address has a port
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, { ...(await settings(options)), ...options.configuration });
  const listener = provider.callback();
  server.on('request', (request, response) => void listener(request, response));
  return {
    issuer,
    provider,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

async function settings({ clients, fetch }: ForeignProviderOptions): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    clients: [...clients],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'theirs', alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['not a secret: loopback, and gone with the test'] },
    claims: { openid: ['sub'], profile: ['name', 'nickname'], email: ['email'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Professor ${id}`, nickname: id, email: `${id}@foreign.example` }),
    }),
    fetch: fetch ?? (() => Promise.reject(new Error('this provider calls nobody'))),
    features: { backchannelLogout: { enabled: true } },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 600,
      Session: 600,
    },
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
  };
}
