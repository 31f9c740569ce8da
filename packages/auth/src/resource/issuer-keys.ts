import {
  authError,
  internalAddress,
  isAuthError,
  requireSecureUrl,
  type Clock,
  type Observe,
} from '../foundation/index.ts';
import { createRemoteKeys, fetchJson, type RemoteKeys, type VerificationKeys } from '../tokens/index.ts';

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Skips discovery. */
  readonly jwksUri: string | undefined;
  readonly internalIssuerUrl: string | undefined;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly observe: Observe | undefined;
}

/** Keys that know which edition of them verified a token. */
export type GenerationKeys = VerificationKeys & { generation(): number };

const TIMEOUT_SECONDS = 5;
/** While the provider is down, requests share one failure for so long: each would wait for its own otherwise. */
const FAILURE_SECONDS = 2;

/** The issuer's keys, their address discovered at the first token and kept. */
export function createIssuerKeys(options: IssuerKeysOptions): GenerationKeys {
  const dial = toDial(options);
  const open = (jwksUri: string) =>
    createRemoteKeys({ jwksUri, fetch: dial, clock: options.clock, observe: options.observe });
  let opened = options.jwksUri === undefined ? undefined : open(options.jwksUri);
  const discover = shareFailures(
    options.clock,
    async () => (opened = open(await findJwksUri(options, dial))),
  );
  return Object.assign<VerificationKeys, { generation(): number }>(
    async (query) => {
      const keys: RemoteKeys = opened ?? (await discover());
      return keys(query);
    },
    { generation: () => opened?.generation() ?? 0 },
  );
}

function toDial({ fetch, issuer, internalIssuerUrl }: IssuerKeysOptions): typeof globalThis.fetch {
  return (input, init) =>
    fetch(typeof input === 'string' ? internalAddress(input, issuer, internalIssuerUrl) : input, init);
}

/** One run for parallel callers; its failure answers for a moment, its success for good. */
function shareFailures<T>(clock: Clock, run: () => Promise<T>): () => Promise<T> {
  let shared: { readonly promise: Promise<T>; readonly until: number } | undefined;
  return () => {
    const now = clock();
    if (shared && now < shared.until) return shared.promise;
    const running = { promise: run(), until: Number.POSITIVE_INFINITY };
    shared = running;
    running.promise.catch(() => {
      if (shared === running) shared = { ...running, until: clock() + FAILURE_SECONDS };
    });
    return running.promise;
  };
}

/** OIDC Discovery §4: the document must name the very issuer it was asked for, or its keys are somebody else's (§4.3). */
async function findJwksUri({ issuer }: IssuerKeysOptions, dial: typeof fetch): Promise<string> {
  const document = await fetchMetadata(issuer, dial);
  const found: unknown = Reflect.get(document, 'issuer');
  if (found !== issuer) {
    throw authError(
      'discovery_mismatch',
      `the discovery document names another issuer than ${issuer}: a slash counts`,
    );
  }
  return requireJwksUri(Reflect.get(document, 'jwks_uri'));
}

/** The document is the provider's: a wrong address in it is no fault of this site's configuration. */
function requireJwksUri(jwksUri: unknown): string {
  try {
    if (typeof jwksUri === 'string') return requireSecureUrl(jwksUri, 'jwks_uri').href;
  } catch (cause) {
    throw authError(
      'discovery_failed',
      'jwks_uri of the discovery document is not https: have the provider fix it',
      {
        cause,
      },
    );
  }
  throw authError('discovery_failed', 'the discovery document has no jwks_uri: configure jwksUri');
}

async function fetchMetadata(issuer: string, dial: typeof fetch): Promise<object> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const document = await fetchJson(url, { fetch: dial, timeoutSeconds: TIMEOUT_SECONDS });
    if (typeof document === 'object' && document !== null) return document;
    throw new TypeError('the discovery document is no JSON object');
  } catch (cause) {
    const message = `the provider at ${issuer} does not answer discovery: check that it runs and is reachable from here`;
    throw isAuthError(cause) ? cause : authError('discovery_failed', message, { cause, transient: true });
  }
}
