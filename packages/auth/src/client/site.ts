import type { Clock, Observe } from '../foundation/index.ts';
import type { Provider } from '../provider/index.ts';
import type { RefreshStore, Sealer, SessionContext, SingleUseStore } from '../session/index.ts';
import type { ReportToken, SigningAlgorithm } from '../tokens/index.ts';
import type { ProcessProofs } from './dpop/process-proofs.ts';
import type { AnyOptions } from './options.ts';
import type { ProcessMemory } from './process-memory.ts';
import type { OAuthClient } from './token-endpoint/oauth-client.ts';

/** Who hears what was compared. */
export interface SiteDetails {
  readonly report: ReportToken;
}

/** One site as the rooms of the relying party see it: its options with their defaults, and the tools made from them. */
export interface Site extends SessionContext {
  readonly options: AnyOptions;
  readonly issuer: string;
  readonly baseUrl: string;
  /** The base URL's path without a trailing slash: empty, or `/shop`. */
  readonly basePath: string;
  readonly scope: string;
  /** Of ID and logout tokens. */
  readonly algorithms: readonly SigningAlgorithm[];
  /** Of access tokens for this site's own API: what the access contract says of the audience, else the same. */
  readonly accessTokenAlgorithms: readonly SigningAlgorithm[];
  /** Seals transactions and `state`, each of which is opened once. */
  readonly transactionSealer: Sealer;
  /** Seals sessions. It remembers what it opened a moment ago, for session cookies come with every request. */
  readonly sessionSealer: Sealer;
  readonly memory: ProcessMemory;
  readonly spent: SingleUseStore;
  /** `undefined` where each process refreshes for itself. */
  readonly refreshes: RefreshStore | undefined;
  readonly provider: Provider;
  readonly clock: Clock;
  readonly observe: Observe;
  /** What `eventDetails` adds; `undefined` without. */
  readonly details: SiteDetails | undefined;
  readonly oauth: OAuthClient;
  /** `undefined` where the client's tokens are not bound to a key. */
  readonly proofs: ProcessProofs | undefined;
}
