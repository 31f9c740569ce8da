import { randomId } from '../../foundation/index.ts';
import { createMemorySingleUse } from '../../session/index.ts';
import { createDpopNonces, type SigningAlgorithm } from '../../tokens/index.ts';
import type { IssuerState, TestClient } from './issuer-state.ts';
import { createMint, createSign } from './mint.ts';
import { createTestClock, type TestClock } from '../test-clock.ts';
import { createTestKeyRing } from './test-key-ring.ts';
import { ada, type TestPerson } from './test-people.ts';

export interface TestIssuerOptions {
  /** Default `https://issuer.example`. With a slash at the end, as some providers have it, or a path. */
  readonly issuer?: string;
  /** Minted tokens are for the first. Default `{ clientId: 'app', clientSecret: 'app-secret' }`. */
  readonly clients?: readonly [TestClient, ...TestClient[]];
  /** The audience of minted access tokens. Default `https://api.example`. */
  readonly audience?: string;
  /** Default `ES256`. */
  readonly algorithm?: SigningAlgorithm;
  /** Default: one that stands still at 2030-01-01. */
  readonly clock?: TestClock;
  /** Default 600. */
  readonly accessTokenSeconds?: number;
  /**
   * How long a second use of a refresh token gets the same answer, seconds. Default 10. With 0 every second use ends the
   * family, as at strict providers.
   */
  readonly refreshReplaySeconds?: number;
  /** Whether DPoP proofs need a nonce of the issuer (RFC 9449 §8). Default `false`. */
  readonly dpopNonces?: boolean;
  /** The APIs it issues access tokens for. Default: any. */
  readonly audiences?: readonly string[];
  /** The people whom a `login_hint` can name, by `sub` or email. Default: `ada`. */
  readonly people?: readonly TestPerson[];
  /**
   * The ways to sign in: each `acr` with its `amr`, weakest first. Default `{ pwd: ['pwd'] }`. The first is what people
   * do unless `acr_values` asks for another.
   */
  readonly acrValues?: Readonly<Record<string, readonly string[]>>;
}

export const DEFAULT_AUDIENCE = 'https://api.example';

/** The state of a new issuer. */
export async function createState(options: TestIssuerOptions): Promise<IssuerState> {
  const { issuer = 'https://issuer.example', clock = createTestClock() } = options;
  const { audience = DEFAULT_AUDIENCE, algorithm = 'ES256' } = options;
  const [first, ...others] = options.clients ?? [{ clientId: 'app', clientSecret: 'app-secret' }];
  const clients = [{ audiences: [audience], ...first }, ...others] as const;
  const keys = await createTestKeyRing(algorithm);
  const sign = createSign({ issuer, clock, keys });
  return {
    issuer,
    clock,
    keys,
    sign,
    mint: createMint({ issuer, clientId: clients[0].clientId, audience, clock, sign }),
    accessTokenSeconds: options.accessTokenSeconds ?? 600,
    refreshReplaySeconds: options.refreshReplaySeconds ?? 10,
    dpopNonces:
      options.dpopNonces === true
        ? createDpopNonces({ secrets: [randomId(32)], server: issuer, clock })
        : undefined,
    dpopProofs: createMemorySingleUse(clock),
    audiences: options.audiences,
    people: options.people ?? [ada],
    acrValues: options.acrValues ?? { pwd: ['pwd'] },
    clients: new Map(clients.map((client) => [client.clientId, client])),
    ...emptyMemory(),
  };
}

function emptyMemory() {
  return {
    codes: new Map(),
    grants: new Map(),
    sids: new Map(),
    accessTokens: new Map(),
    pairwise: new Map(),
    faults: new Map(),
    gates: new Map(),
    requests: [],
    alteration: {},
  };
}
