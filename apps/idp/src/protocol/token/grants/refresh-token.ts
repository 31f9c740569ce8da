import type { Client } from '../../../clients/client.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../../foundation/lifetimes.ts';
import type { Provider } from '../../../provider.ts';
import { sha256 } from '../../../foundation/secrets.ts';
import type { Family } from '../../../store/index.ts';
import { renderAnswer } from '../token-response.ts';
import {
  openAnswer,
  parseRefreshToken,
  type RefreshToken,
  sealAnswer,
  successorOf,
} from '../refresh-token-format.ts';
import { requireAudience, requireNarrowerScope } from '../scope.ts';

/** One refresh, as everything below sees it. */
interface Attempt {
  readonly provider: Provider;
  readonly client: Client;
  readonly params: Params;
  readonly token: RefreshToken;
  readonly family: Family;
}

/** Rotates a refresh token (RFC 6749 §6, RFC 9700 §4.14.2). */
export async function refresh(provider: Provider, client: Client, params: Params): Promise<string> {
  const value = params.get('refresh_token');
  if (value === undefined) throw new OAuthError('invalid_request', 'refresh_token is missing');
  const token = parseRefreshToken(value);
  const family = token && (await provider.store.findFamily(token.familyHash, provider.clock()));
  // K-04: another client's token is refused without harm to its family, or any client could end any family.
  if (!token || !family || family.grant.clientId !== client.clientId) throw invalidGrant();
  const attempt = { provider, client, params, token, family };
  if (family.currentHash !== token.tokenHash) return replay(attempt);
  return (await rotate(attempt)) ?? replayAfterRace(attempt);
}

/** The new answer, or undefined when another request has rotated the same token meanwhile. */
async function rotate(attempt: Attempt): Promise<string | undefined> {
  const { provider, client, params, token, family } = attempt;
  const { grant, person } = family;
  const scope = requireNarrowerScope(provider, grant, params.get('scope'));
  const audience = requireAudience(provider, client, grant, params);
  const next = successorOf(token);
  const answer = await renderAnswer(provider, {
    grant,
    person,
    client,
    audience,
    scope,
    refreshToken: next.value,
    nonce: undefined,
  });
  // Answer and rotation are one statement: whoever loses the race finds the answer already there.
  const won = await provider.store.rotateRefreshToken({
    familyHash: token.familyHash,
    presentedHash: token.tokenHash,
    nextHash: next.tokenHash,
    now: provider.clock(),
    replayRequest: requestOf(attempt),
    replayResponse: sealAnswer(token, answer),
  });
  if (won) provider.observe({ type: 'refresh.rotated', clientId: client.clientId, grantId: grant.id });
  return won ? answer : undefined;
}

/** K-03: one of several parallel requests won; this one reads what it left. */
async function replayAfterRace(attempt: Attempt): Promise<string> {
  const { provider, token } = attempt;
  const family = await provider.store.findFamily(token.familyHash, provider.clock());
  if (!family) throw invalidGrant();
  return replay({ ...attempt, family });
}

/**
 * A token that is no longer the current one. The last one may come again for a few seconds, because answers get
 * lost and tabs run in parallel: it gets the same answer, byte for byte. Anything else is reuse, and since nobody
 * can tell owner from thief, the family ends (RFC 9700 §4.14.2). The sign-on session lives on.
 */
async function replay(attempt: Attempt): Promise<string> {
  const { provider, client, token, family } = attempt;
  const { id } = family.grant;
  if (isSameRequestAgain(attempt) && family.replayResponse !== undefined) {
    provider.observe({ type: 'refresh.replayed', clientId: client.clientId, grantId: id });
    return openAnswer(token, family.replayResponse);
  }
  await provider.store.revokeGrant(id, provider.clock());
  provider.observe({ type: 'refresh.reused', clientId: client.clientId, grantId: id });
  throw invalidGrant();
}

/** K-01, K-02: the predecessor of the current token, so its successor is unused; in time; asking for the same. */
function isSameRequestAgain(attempt: Attempt): boolean {
  const { provider, token, family } = attempt;
  const age = provider.clock() - (family.rotatedAt ?? 0);
  return (
    family.previousHash === token.tokenHash &&
    // Another node's clock may be ahead of this one; one that jumped back must not open the window for hours.
    age >= -CLOCK_TOLERANCE_SECONDS &&
    age <= provider.lifetimes.refreshReplaySeconds &&
    family.replayRequest === requestOf(attempt)
  );
}

function requestOf({ client, params }: Attempt): string {
  return sha256(JSON.stringify([client.clientId, params.all('resource'), params.get('scope') ?? '']));
}

function invalidGrant(): OAuthError {
  return new OAuthError(
    'invalid_grant',
    'the refresh token is unknown, used, expired, or its session has ended',
  );
}
