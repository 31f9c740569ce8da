import { afterAll } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { describeAttempts } from './attempts-contract.ts';
import { describeClients } from './clients-contract.ts';
import { describeCodes } from './codes-contract.ts';
import { describeConsents } from './consents-contract.ts';
import { describeCredentials } from './credentials-contract.ts';
import { describeEndOfEverything } from './end-everything-contract.ts';
import { describeGrants } from './grants-contract.ts';
import { describeInitialTokens } from './initial-tokens-contract.ts';
import { describeInteractions } from './interactions-contract.ts';
import { describeTokenIds } from './invalidated-tokens-contract.ts';
import { describeKeyRevocation } from './key-revocation-contract.ts';
import { describeNarrowedScopes } from './narrowed-scopes-contract.ts';
import { describePeople } from './people-contract.ts';
import { describeProviderSecrets } from './provider-secrets-contract.ts';
import { describeRefreshTokens } from './refresh-tokens-contract.ts';
import { describeSharedSubjects } from './shared-subjects-contract.ts';
import { describeSessionClients } from './session-clients-contract.ts';
import { describeSessions } from './sessions-contract.ts';
import { describeSigningKeys } from './signing-keys-contract.ts';
import { describeSweep } from './sweep-contract.ts';

const contracts = [
  describePeople,
  describeSessions,
  describeSessionClients,
  describeSharedSubjects,
  describeCredentials,
  describeInteractions,
  describeConsents,
  describeCodes,
  describeGrants,
  describeRefreshTokens,
  describeTokenIds,
  describeNarrowedScopes,
  describeClients,
  describeInitialTokens,
  describeAttempts,
  describeSigningKeys,
  describeKeyRevocation,
  describeSweep,
  describeProviderSecrets,
  describeEndOfEverything,
];

/** What every engine must do. Each test brings its own ids, so that one database serves them all. */
export function describeStore(open: () => Promise<Store>): void {
  let opening: Promise<Store> | undefined;
  const openOnce = () => (opening ??= open());
  afterAll(async () => (await opening)?.close());
  for (const describeContract of contracts) describeContract(openOnce);
}
