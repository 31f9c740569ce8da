import { percentile } from '../percentile.ts';
import { type BenchProvider, startProvider } from './provider.ts';
import { type BenchSite, startSite } from './sites.ts';

const SITES = 20;
const HANGING = 5;
const ROUNDS = 30;

/** What the person's own sign-out costs with 20 sites of which 5 hang, beside one without any site. */
export async function measureOwnSignOut(): Promise<string> {
  await using disposal = new AsyncDisposableStack();
  const sites: BenchSite[] = [];
  for (let index = 0; index < SITES; index += 1)
    sites.push(disposal.use(await startSite({ clientId: `site-${index}`, hangs: index < HANGING })));
  const alone = { clientId: 'alone', backchannelLogoutUri: 'https://alone.invalid/' };
  const provider = disposal.use(
    await startProvider([alone, ...sites.map(({ registration }) => registration)]),
  );
  const [without, withSites]: [number[], number[]] = [[], []];
  // In turn, so that both meet the same machine.
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(await signOutOf(provider, []));
    withSites.push(
      await signOutOf(
        provider,
        sites.map(({ registration }) => registration.clientId),
      ),
    );
  }
  const [median, other] = [percentile(withSites, 50), percentile(without, 50)];
  return `${(median - other).toFixed(1)} ms more (median ${median.toFixed(1)} ms beside ${other.toFixed(1)} ms)`;
}

async function signOutOf(provider: BenchProvider, clientIds: readonly string[]): Promise<number> {
  const browser = await provider.signIn(clientIds.length === 0 ? ['alone'] : clientIds);
  return browser.signOut();
}
