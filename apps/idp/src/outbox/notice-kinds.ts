import { LOGOUT_EVENT, signLogoutToken, signSecurityEvent, TOKEN_CLAIMS_CHANGE } from '@sso/auth/tokens';
import type { Client } from '../clients/client.ts';
import type { SubjectFor } from '../clients/subject-identifiers.ts';
import { randomId } from '../foundation/secrets.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import type { Notice, NoticeKind } from '../store/index.ts';

/** What a notice is signed with and dated by. */
export interface NoticeSigner {
  readonly issuer: string;
  readonly keys: Pick<KeyRing, 'signingKey'>;
  readonly subjectFor: SubjectFor;
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
  /** What is sent, signed anew for each try, since a key may have been rotated. */
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
  // RFC 8935 §2.2: 202 alone.
  'token-claims-change': {
    addressOf: ({ securityEventUri }) => securityEventUri,
    render: renderClaimsChange,
    deliveredBy: [202],
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
  if (!('sid' in payload)) throw new Error('the notice names no session');
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

/**
 * A security event token (RFC 8417): what the person may do at the APIs of this client, as the client knows the person. The same
 * token at each try, `iat` and `jti` included: a site that took it and could not say so takes it once more without effect
 * (RFC 8935 §2). It has no `exp`, for a site that was down hears of it later, and no `sub`, so that it passes for no other token.
 */
async function renderClaimsChange(
  { issuer, keys, subjectFor }: NoticeSigner,
  client: Client,
  { payload }: Notice,
): Promise<NoticeBody> {
  if (!('sub' in payload) || payload.told === undefined) throw new Error('the notice has no date yet');
  const { at, permissions } = payload.told;
  const claims = {
    iss: issuer,
    aud: client.clientId,
    iat: at,
    jti: payload.jti,
    sub_id: { format: 'iss_sub', iss: issuer, sub: subjectFor(client, payload.sub) },
    events: { [TOKEN_CLAIMS_CHANGE]: { claims: { permissions }, event_timestamp: at } },
  } as const;
  const body = await signSecurityEvent(claims, keys.signingKey(client.idTokenAlg));
  return { contentType: 'application/secevent+jwt', body };
}
