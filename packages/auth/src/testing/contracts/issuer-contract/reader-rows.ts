import { claimsOf, exchange, type IssuerRow, requireAccessToken, requireEqual } from './checks.ts';
import type { ContractBrowser, ContractClient, Json, RawRelyingParty } from './raw-relying-party.ts';

/** A token names session and person as its reader knows them: the client, or who stands for the API. */
export const readerRows: readonly IssuerRow[] = [
  [
    'B-08 a session has another sid for each client, and in a token for an API that of the client that stands for it',
    async (rp) => {
      const first = await rp.login();
      const [, other] = rp.provider.clients;
      const second = await loginAt(rp, other, first.browser);
      const [own, theirs] = [claimsOf(first)['sid'], claimsOf({ tokens: second })['sid']];
      requireEqual([typeof own, typeof theirs, own === theirs].join(), 'string,string,false', 'both sids');
      const [, audience] = rp.provider.audiences;
      const { body } = await exchange(rp, first.tokens['access_token'], audience);
      requireEqual((await requireAccessToken(rp, body, audience)).sid, theirs, 'the sid at the other API');
    },
  ],
  [
    'U-15 a pairwise client knows a person by a name of its own, always the same, at userinfo too (OIDC Core §8.1)',
    async (rp) => {
      const { pairwise, sub } = rp.provider;
      const [first, second] = [await loginAt(rp, pairwise), await loginAt(rp, pairwise)];
      const own = claimsOf({ tokens: first })['sub'];
      requireEqual([typeof own, own === sub].join(), 'string,false', 'a name of its own');
      requireEqual(claimsOf({ tokens: second })['sub'], own, 'the name at the next login');
      requireEqual((await rp.userinfo(first['access_token'])).body['sub'], own, 'the name at userinfo');
      requireEqual(claimsOf(await rp.login())['sub'], sub, 'the name at another client');
    },
  ],
];

/** The token response of a login at another client than the first, with an access token for the provider. */
async function loginAt(
  rp: RawRelyingParty,
  client: ContractClient,
  browser?: ContractBrowser,
): Promise<Json> {
  const there = { redirect_uri: client.redirectUri };
  const change = { ...there, client_id: client.clientId, resource: undefined };
  return (await rp.redeem(await rp.authorize(change, browser), there, client)).body;
}
