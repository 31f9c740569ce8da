import * as oauth from 'oauth4webapi';
import { identityClaims } from '../session/index.ts';
import type { IdTokenClaims } from '../tokens/index.ts';
import { withoutSecrets } from './oauth-failure.ts';
import type { ProviderMetadata } from './provider-metadata.ts';
import type { Site } from './site.ts';

/**
 * The ID token's claims with the display claims of the userinfo endpoint, where the ID token has none of those the
 * site keeps: beside an access token, providers may tell them there only (OIDC Core §5.4). With an `audience` the
 * access token is for this site's API and opens no userinfo.
 *
 * Names and pictures decide nothing, so a failure is observed and the person is signed in without them.
 */
export async function withUserinfo(
  site: Site,
  metadata: ProviderMetadata,
  accessToken: string,
  claims: IdTokenClaims,
): Promise<IdTokenClaims> {
  // Who, how and when come from the signed token alone: an unsigned answer must not say how somebody proved themselves.
  const keepClaims = site.keepClaims.filter((name) => !identityClaims.includes(name));
  const isTold = keepClaims.length === 0 || keepClaims.some((name) => Object.hasOwn(claims, name));
  if (isTold || site.audience !== undefined || metadata.userinfo_endpoint === undefined) return claims;
  try {
    const userinfo = await fetchUserinfo(site, metadata, accessToken, claims.sub);
    const told = keepClaims.filter((name) => Object.hasOwn(userinfo, name));
    return { ...Object.fromEntries(told.map((name) => [name, userinfo[name]])), ...claims };
  } catch (error) {
    const { sub, sid } = claims;
    const message = `the person's display claims could not be read (${withoutSecrets(error).message})`;
    site.observe({ type: 'userinfo.failed', ...site.names, sub, sid, code: 'provider_unavailable', message });
    return claims;
  }
}

/** Token substitution (OIDC Core §5.3.2): an answer about another `sub` is none about this person. */
async function fetchUserinfo(
  site: Site,
  metadata: ProviderMetadata,
  accessToken: string,
  sub: string,
): Promise<oauth.UserInfoResponse> {
  const client = site.oauth.client();
  const response = await oauth.userInfoRequest(metadata, client, accessToken, site.oauth.request);
  return await oauth.processUserInfoResponse(metadata, client, sub, response);
}
