import { describe, expect, it } from 'vitest';
import {
  createRawRelyingParty,
  createTestIssuer,
  dpopContract,
  issuerContract,
  type TestIssuer,
  type TestSignOn,
} from '../index.ts';

const client = (name: string) => ({
  clientId: name,
  clientSecret: `${name}-secret`,
  redirectUri: `https://${name}.example/auth/callback`,
  postLogoutRedirectUri: `https://${name}.example/auth/logged-out`,
});
const clients = [client('app'), client('other')] as const;
const pairwise = client('hidden');
const audiences = ['https://api.example', 'https://other.example/api'] as const;

/** Signs in, or out, without a page. */
function createBrowser(issuer: TestIssuer) {
  let signOn: TestSignOn | undefined;
  return {
    async go(address: string) {
      if (address.startsWith(issuer.endSessionEndpoint))
        return issuer.endSession(address) ?? new URL(address);
      const answer = issuer.authorize(address, signOn ? { signOn } : {});
      signOn = answer.signOn ?? signOn;
      return answer.callback;
    },
  };
}

const names = ['https://issuer.example', 'https://tenant.example/', 'https://tenant.example/realm'];

describe.each(names)('the test issuer %s does what a real provider does:', async (name) => {
  const issuer = await createTestIssuer({
    issuer: name,
    clients: [
      { ...clients[0], redirectUris: [clients[0].redirectUri] },
      { ...clients[1], redirectUris: [clients[1].redirectUri], audiences: [audiences[1]] },
      { ...pairwise, subjectType: 'pairwise' },
    ],
    audiences,
  });
  const actor = createRawRelyingParty({
    issuer: issuer.issuer,
    fetch: issuer.fetch,
    clients,
    pairwise,
    audiences,
    sub: 'person-ada',
    clock: issuer.clock,
    advance: (seconds) => issuer.clock.advance(seconds),
    rotateKeys: () => issuer.keys.rotate(),
    newBrowser: () => createBrowser(issuer),
  });

  it.each(dpopContract)('%s', async (_what, prove) => expect(prove(actor)).resolves.toBeUndefined());

  it.each(issuerContract)('%s', async (_what, prove) => expect(prove(actor)).resolves.toBeUndefined());
});

describe('the test issuer with nonces does what a real provider does:', async () => {
  const issuer = await createTestIssuer({
    clients: [clients[0], { ...clients[1], audiences: [audiences[1]] }],
    audiences,
    dpopNonces: true,
  });
  const actor = createRawRelyingParty({
    issuer: issuer.issuer,
    fetch: issuer.fetch,
    clients,
    pairwise,
    audiences,
    sub: 'person-ada',
    clock: issuer.clock,
    advance: (seconds) => issuer.clock.advance(seconds),
    rotateKeys: () => issuer.keys.rotate(),
    newBrowser: () => createBrowser(issuer),
  });

  it.each(dpopContract)('%s', async (_what, prove) => expect(prove(actor)).resolves.toBeUndefined());
});
