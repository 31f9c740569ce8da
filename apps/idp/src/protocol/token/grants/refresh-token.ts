import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Client } from '../../../clients/client.ts';
import { isFapiClient } from '../../../clients/fapi.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../../foundation/lifetimes.ts';
import type { Provider } from '../../../provider.ts';
import { sha256 } from '../../../foundation/secrets.ts';
import type { RefreshTokenFamily } from '../../../store/index.ts';
import { namesOf } from '../grant-names.ts';
import { grantedScope, renderTokenResponse } from '../token-response.ts';
import {
  openSealedResponse,
  parseRefreshToken,
  type RefreshToken,
  sealResponse,
  createSuccessor,
} from '../refresh-token-format.ts';
import { findSettled, type Settled } from '../settled.ts';
import { requireAudience, requireNarrowerScope } from '../scope.ts';
import { withinConsent } from '../within-consent.ts';

/** A refresh token request, and what its token stands for. */
interface RefreshAttempt {
  readonly provider: Provider;
  readonly client: Client;
  readonly params: Params;
  readonly token: RefreshToken;
  readonly family: Settled<RefreshTokenFamily>;
  readonly jkt: string | undefined;
}

/** Rotates a refresh token (RFC 6749 §6, RFC 9700 §4.14.2). */
export async function handleRefreshToken(
  provider: Provider,
  client: Client,
  params: Params,
  jkt: string | undefined,
): Promise<string> {
  const value = params.get('refresh_token');
  if (value === undefined) throw new OAuthError('invalid_request', 'refresh_token is missing');
  const token = parseRefreshToken(value);
  const family = token && (await findFamily(provider, token));
  // K-04: another client's token is refused without harm to its family, or any client could end any family.
  if (!token || !family || family.grant.clientId !== client.clientId) throw invalidGrant();
  // RFC 9449 §5: whoever found a public client's token lacks its key. The family goes on: they could end it otherwise.
  if (family.boundJkt !== undefined && family.boundJkt !== jkt) throw invalidGrant();
  const attempt = { provider, client, params, token, family, jkt };
  if (family.currentHash !== token.tokenHash) return replay(attempt);
  // FAPI 2.0 §5.3.2.1: the client's own key is what binds it, and a rotation would only lose tokens on the way.
  if (isFapiClient(client)) return respond(attempt, requireWanted(attempt), value);
  return (await rotate(attempt)) ?? replayAfterRace(attempt);
}

function findFamily(
  provider: Provider,
  { familyHash }: RefreshToken,
): Promise<Settled<RefreshTokenFamily> | undefined> {
  return findSettled(provider, async () => {
    const family = await provider.store.findRefreshTokenFamily(familyHash, provider.clock());
    return family && withinConsent(provider, family);
  });
}

/** What a refresh asks for, of what its grant covers. */
interface Wanted {
  readonly audience: string;
  readonly scope: readonly string[] | undefined;
  /** The same for requests that get the same, however they say it. */
  readonly hash: string;
}

/** @throws OAuthError invalid_target, invalid_scope */
function requireWanted({ provider, client, params, family, jkt }: RefreshAttempt): Wanted {
  const { grant } = family;
  const audience = requireAudience(provider, client, grant, params);
  const scope = requireNarrowerScope(provider, { grant, requested: params.get('scope') });
  const granted = grantedScope(provider, { ...family, client, audience, scope }).toSorted();
  const { idToken } = grant.details.claims ?? {};
  return {
    audience,
    scope,
    hash: sha256(JSON.stringify([client.clientId, audience, granted, idToken, jkt])),
  };
}

function respond({ provider, client, family, jkt }: RefreshAttempt, wanted: Wanted, refreshToken: string) {
  const { grant, person, issuedAt } = family;
  const { audience, scope } = wanted;
  return renderTokenResponse(provider, {
    grant,
    person,
    issuedAt,
    client,
    audience,
    scope,
    jkt,
    refreshToken,
    nonce: undefined,
  });
}

/** The new response, or undefined when another request has rotated the same token meanwhile. */
async function rotate(attempt: RefreshAttempt): Promise<string | undefined> {
  const { provider, token, family } = attempt;
  const wanted = requireWanted(attempt);
  const next = createSuccessor(token);
  const response = await respond(attempt, wanted, next.value);
  // Response and rotation are stored by one statement, so a request that loses the race finds the response there.
  const won = await provider.store.rotateRefreshToken({
    familyHash: token.familyHash,
    presentedHash: token.tokenHash,
    nextHash: next.tokenHash,
    now: provider.clock(),
    replayRequest: wanted.hash,
    replayResponse: sealResponse(token, response),
  });
  if (won) provider.observe({ type: 'refresh.rotated', ...namesOf(family.grant) });
  return won ? response : undefined;
}

/** K-03: a parallel request has rotated the token; what it stored decides. */
async function replayAfterRace(attempt: RefreshAttempt): Promise<string> {
  const { provider, token } = attempt;
  const family = await findFamily(provider, token);
  if (!family) throw invalidGrant();
  return replay({ ...attempt, family });
}

/**
 * A token that is no longer the current one. The previous token may come again for a few seconds, because responses
 * get lost and tabs run in parallel: it gets the same response, byte for byte, or, where it asks for another resource or
 * scope, an access token of its own beside the same successor. Anything else is reuse. Owner and thief look alike, so
 * the family is revoked (RFC 9700 §4.14.2); the sign-on session stays.
 */
async function replay(attempt: RefreshAttempt): Promise<string> {
  const { provider, token, family } = attempt;
  if (!isInTime(attempt) || family.replayResponse === undefined) {
    await provider.store.revokeGrant(family.grant.id, provider.clock());
    provider.observe({ type: 'refresh.reused', ...namesOf(family.grant) });
    throw invalidGrant();
  }
  const wanted = requireWanted(attempt);
  const stored = openSealedResponse(token, family.replayResponse);
  // N-07: what was answered before the person's permissions changed would count as old at once.
  const isSame = family.replayRequest === wanted.hash && !isOld(stored, family);
  const type = isSame ? 'refresh.replayed' : 'refresh.shared';
  provider.observe({ type, ...namesOf(family.grant) });
  return isSame ? stored : respond(attempt, wanted, successorIn(stored));
}

/** K-01, K-02: whether the token is the predecessor of the current one, so that its successor is unused, and in time. */
function isInTime({ provider, token, family }: RefreshAttempt): boolean {
  const age = provider.clock() - (family.rotatedAt ?? 0);
  return (
    family.previousHash === token.tokenHash &&
    // Another node's clock may be ahead of this one; one that jumped back must not open the window for hours.
    age >= -CLOCK_TOLERANCE_SECONDS &&
    age <= provider.lifetimes.refreshReplaySeconds
  );
}

const storedResponse = z.object({ access_token: z.string(), refresh_token: z.string() });

function isOld(response: string, { permissionsChangedAt }: Settled<RefreshTokenFamily>): boolean {
  if (permissionsChangedAt === undefined) return false;
  const { iat } = decodeJwt(storedResponse.parse(JSON.parse(response)).access_token);
  return (iat ?? 0) <= permissionsChangedAt;
}

function successorIn(response: string): string {
  return storedResponse.parse(JSON.parse(response)).refresh_token;
}

function invalidGrant(): OAuthError {
  return new OAuthError(
    'invalid_grant',
    'the refresh token is unknown, used, expired, or its session has ended',
  );
}
