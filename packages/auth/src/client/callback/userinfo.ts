import * as oauth from 'oauth4webapi';
import { type ProviderMetadata, toPlainError } from '../../provider/index.ts';
import { identityClaims } from '../../session/index.ts';
import type { IdTokenClaims } from '../../tokens/index.ts';
import type { ProcessProofs } from '../dpop/process-proofs.ts';
import { provedFetch } from '../dpop/proved-fetch.ts';
import type { Site } from '../site.ts';

/**
 * The ID token's claims with the display claims of the userinfo endpoint, where the ID token has none of those that the
 * site keeps: a provider may return them only there (OIDC Core §5.4). With an `audience` the access token is for this
 * site's API, and the userinfo endpoint does not accept it.
 *
 * Names and pictures decide nothing, so a failure is observed and the person is signed in without them.
 */
export async function withUserinfo(
  site: Site,
  metadata: ProviderMetadata,
  accessToken: string,
  claims: IdTokenClaims,
): Promise<IdTokenClaims> {
  // Who signed in, how and when come from the signed token alone, and never from this unsigned response.
  const keepClaims = site.keepClaims.filter((name) => !identityClaims.includes(name));
  const hasDisplayClaims = keepClaims.length === 0 || keepClaims.some((name) => Object.hasOwn(claims, name));
  if (hasDisplayClaims || site.audience !== undefined || metadata.userinfo_endpoint === undefined)
    return claims;
  try {
    const userinfo = await fetchUserinfo(site, metadata, accessToken, claims.sub);
    const found = keepClaims.filter((name) => Object.hasOwn(userinfo, name));
    return { ...Object.fromEntries(found.map((name) => [name, userinfo[name]])), ...claims };
  } catch (error) {
    const { sub, sid } = claims;
    const message = `the person's display claims could not be read (${toPlainError(error).message})`;
    site.observe({ type: 'userinfo.failed', ...site.names, sub, sid, code: 'provider_unavailable', message });
    return claims;
  }
}

/** Token substitution (OIDC Core §5.3.2): the library refuses a response about another `sub`. */
async function fetchUserinfo(
  site: Site,
  metadata: ProviderMetadata,
  accessToken: string,
  sub: string,
): Promise<oauth.UserInfoResponse> {
  const client = site.oauth.client();
  const { request } = site.oauth;
  const send: Send | undefined = request[oauth.customFetch];
  const options =
    site.proofs && send
      ? { ...request, [oauth.customFetch]: proving(site.proofs, send, accessToken) }
      : request;
  const response = await oauth.userInfoRequest(metadata, client, accessToken, options);
  return await oauth.processUserInfoResponse(metadata, client, sub, response);
}

/** The library's request with the token as `DPoP`, proved by this process's key (RFC 9449 §7.1). */
function proving(proofs: ProcessProofs, send: Send, accessToken: string): Send {
  return (url, init) =>
    provedFetch(proofs, { url, accessToken }, { headers: init.headers }, (address, { headers }) =>
      send(address, { ...init, headers: Object.fromEntries(new Headers(headers)) }),
    );
}

type Send = (url: string, init: oauth.CustomFetchOptions<'GET'>) => Promise<Response>;
