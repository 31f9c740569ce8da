import { authPaths } from '../../wire/index.ts';
import type { Mint } from './mint.ts';
import type { TestSignOn } from './test-people.ts';

export interface LogoutRequestOptions {
  readonly signOn: TestSignOn;
  /** Of the site. */
  readonly baseUrl: string;
  /** The site's client id. */
  readonly aud: string;
}

/** The request that a provider sends to a site when a sign-on session ends (OIDC Back-Channel Logout 1.0 §2.5). */
export async function createLogoutRequest(
  mint: Mint,
  { signOn, baseUrl, aud }: LogoutRequestOptions,
): Promise<Request> {
  const logout_token = await mint.logoutToken({ sid: signOn.sidOf(aud), aud });
  return new Request(baseUrl + authPaths.backchannelLogout, {
    method: 'POST',
    body: new URLSearchParams({ logout_token }),
  });
}
