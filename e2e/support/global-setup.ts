import { startEstate } from '@sso/dev';
import { everyClaim } from './every-claim.ts';
import { createForeignClients, requireInitialAccessToken } from './foreign-clients.ts';
import { leaver } from './leaver.ts';
import { publishEstate } from './shared-estate.ts';

/** Starts the estate that all stories share; what it returns stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const estate = await startEstate({
    mode: 'production',
    name: 'e2e',
    clients: await createForeignClients(),
    appEnv: { idp: { INITIAL_ACCESS_TOKENS: requireInitialAccessToken() } },
    people: [everyClaim, leaver],
  });
  publishEstate(estate);
  return () => estate.stop();
}
