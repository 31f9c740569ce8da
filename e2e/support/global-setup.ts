import { startEstate } from '@sso/dev';
import { publishEstate } from './shared-estate.ts';

/** Starts the estate that all stories share; what it returns stops it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const estate = await startEstate({ mode: 'production', name: 'e2e' });
  publishEstate(estate);
  return () => estate.stop();
}
