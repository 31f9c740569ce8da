import { LOGOUT_EVENT, signLogoutToken } from '@sso/auth/tokens';
import type { Client } from '../clients/client.ts';
import { randomId } from '../foundation/secrets.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Notice, NoticeKind } from '../store/index.ts';

/** What a notice is signed with and dated by. */
export interface NoticeSigner {
  readonly issuer: string;
  readonly keys: Pick<KeyRing, 'signingKey'>;
  readonly clock: () => number;
}

interface NoticeBody {
  readonly contentType: string;
  readonly body: string;
}

/** How notices of one kind are told. */
interface NoticeRule {
  /** Where the client hears of them; undefined for one that registered no such address. */
  readonly addressOf: (client: Client) => string | undefined;
  /** What is sent, made anew for each try. */
  readonly render: (signer: NoticeSigner, client: Client, notice: Notice) => Promise<NoticeBody>;
  /** The answers by which the client takes it. */
  readonly deliveredBy: readonly number[];
}

export const noticeKinds: Readonly<Record<NoticeKind, NoticeRule>> = {
  // Back-Channel Logout 1.0 §2.5, §2.8. 204 is what some frameworks make of an empty 200.
  logout: {
    addressOf: ({ backchannelLogoutUri }) => backchannelLogoutUri,
    render: renderLogout,
    deliveredBy: [200, 204],
  },
};

/** The longest that §2.4 of Back-Channel Logout 1.0 recommends. */
const LOGOUT_TOKEN_SECONDS = 120;

/**
 * A logout token names the session as this client knows it, and no person: `sub` alone would end sessions that began since
 * (Back-Channel Logout 1.0 §2.4).
 */
async function renderLogout(
  { issuer, keys, clock }: NoticeSigner,
  client: Client,
  { payload }: Notice,
): Promise<NoticeBody> {
  const iat = clock();
  const claims = {
    iss: issuer,
    aud: client.clientId,
    iat,
    exp: iat + LOGOUT_TOKEN_SECONDS,
    jti: randomId(),
    sid: payload.sid,
    events: { [LOGOUT_EVENT]: {} },
  };
  const token = await signLogoutToken(claims, keys.signingKey(client.idTokenAlg));
  const body = new URLSearchParams({ logout_token: token }).toString();
  return { contentType: 'application/x-www-form-urlencoded', body };
}
