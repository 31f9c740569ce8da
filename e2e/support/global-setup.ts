import { startStack } from '@sso/dev';
import { wantsDiagrams } from './diagram.ts';
import { customers, personToSignOut, personWithEveryClaim, personWithTwoDevices } from './extra-people.ts';
import { createForeignClients, requireInitialAccessToken } from './foreign-clients.ts';
import { publishStack } from './shared-stack.ts';

/** Starts the stack that all stories share; what it returns stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const stack = await startStack({
    mode: 'production',
    name: 'e2e',
    eventDetails: wantsDiagrams,
    clients: await createForeignClients(),
    appEnv: { idp: { INITIAL_ACCESS_TOKENS: requireInitialAccessToken() } },
    people: [personWithEveryClaim, personToSignOut, personWithTwoDevices, ...customers],
  });
  publishStack(stack);
  return () => stack.stop();
}
