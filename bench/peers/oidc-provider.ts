// oidc-provider on SQLite. Started by bench/idp.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { type Configuration, interactionPolicy, Provider } from 'oidc-provider';
import { openAdapters } from './oidc-adapter.ts';
import { API, CLIENT, PERMISSION, peerSettings } from './parties.ts';

const { port, issuer, file } = peerSettings();
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const configuration: Configuration = {
  adapter: openAdapters(file),
  clients: [
    {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: [CLIENT.redirectUri],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'peer', alg: 'ES256', use: 'sig' }] },
  cookies: { keys: ['not a secret: loopback, and gone with the bench'] },
  claims: { openid: ['sub'], profile: ['name'] },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Ada' }) }),
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: () => ({
        scope: PERMISSION,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  interactions: { policy: interactionPolicy.base(), url: (_context, { uid }) => `/interaction/${uid}` },
  rotateRefreshToken: true,
  issueRefreshToken: (_context, client, code) => client.grantTypeAllowed('refresh_token') && code.isValid,
  ttl: {
    AccessToken: 600,
    AuthorizationCode: 60,
    ClientCredentials: 600,
    Grant: 86_400,
    IdToken: 600,
    Interaction: 600,
    RefreshToken: 86_400,
    Session: 86_400,
  },
};

const provider = new Provider(issuer, configuration);
const callback = provider.callback();
const server = createServer((request, response) => {
  if (request.url?.startsWith('/interaction/')) void signIn(request, response);
  else void callback(request, response);
});

/** Signs in whoever comes, and allows what is asked. */
async function signIn(...[request, response]: Parameters<typeof callback>): Promise<void> {
  const { session, params } = await provider.interactionDetails(request, response);
  const accountId = session?.accountId ?? 'ada';
  const grant = new provider.Grant({ accountId, clientId: CLIENT.id });
  grant.addOIDCScope(String(params['scope']));
  grant.addResourceScope(API, PERMISSION);
  const grantId = await grant.save();
  await provider.interactionFinished(request, response, { login: { accountId }, consent: { grantId } });
}

server.listen(port, '127.0.0.1', () => console.log('listens on', port));
