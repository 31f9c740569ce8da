import { isAuthError } from '@sso/auth';
import { type ClientAssertionClaims, verifyClientAssertion } from '@sso/auth/tokens';
import type { Client } from '../../clients/client.ts';
import { FAPI_ALGORITHMS, isFapiClient } from '../../clients/fapi.ts';
import { CLOCK_TOLERANCE_SECONDS } from '../../foundation/lifetimes.ts';
import type { Provider } from '../../provider.ts';
import { sha256 } from '../../foundation/secrets.ts';
import { paths } from '../metadata.ts';

/** How long an assertion may be good for; longer ones would have to be remembered for longer. */
const MAX_LIFETIME_SECONDS = 3600;

/**
 * Checks a client's `private_key_jwt` (RFC 7523 §3, OIDC Core §9): signed by a registered key, about the client
 * itself, for this server, in time, and never seen before.
 *
 * @param path of the endpoint it was sent to; its address counts as audience beside issuer and token endpoint.
 * @returns undefined when it is right, else why not, for the log.
 */
export async function findAssertionFault(
  provider: Provider,
  client: Client,
  assertion: string,
  path: string,
): Promise<string | undefined> {
  const { issuer, clock, store } = provider;
  try {
    const keys = provider.clientKeys(client);
    if (!keys) return 'no keys registered';
    const isFapi = isFapiClient(client);
    const claims = await verifyClientAssertion(assertion, {
      clientId: client.clientId,
      // FAPI 2.0 §5.3.2.1: the issuer alone, so that no other server's address is taken for it.
      audiences: isFapi ? [issuer] : [issuer, issuer + paths.token, issuer + path],
      singleAudience: isFapi,
      algorithms: isFapi ? fapiAlgorithmsOf(client) : client.assertionAlgs,
      keys,
      clock,
      toleranceSeconds: CLOCK_TOLERANCE_SECONDS,
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
    });
    // A client may write a fraction of a second (RFC 7519 §2); columns hold whole ones.
    const until = Math.ceil(claims.exp) + CLOCK_TOLERANCE_SECONDS;
    const isFirst = await store.consumeAssertion(assertionId(claims), until);
    return isFirst ? undefined : 'replayed';
  } catch (error) {
    // Anything else, a failing database for one, is no fault of the client.
    if (isAuthError(error)) return error.code;
    throw error;
  }
}

const fapiAlgorithmsOf = ({ assertionAlgs }: Client) =>
  assertionAlgs.filter((alg) => FAPI_ALGORITHMS.includes(alg));

/** Whoever reads an assertion on its way can send it again: each counts once, for its client (RFC 7523 §3(7)). */
function assertionId({ iss, jti }: ClientAssertionClaims): string {
  return sha256(JSON.stringify([iss, jti]));
}
