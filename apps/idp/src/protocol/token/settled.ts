import type { Provider } from '../../provider.ts';
import type { ActiveGrant } from '../../store/index.ts';
import { withinConsent } from './within-consent.ts';

/** What a token is made from, and the moment that its `iat` says. */
export type Settled<A extends ActiveGrant> = A & {
  /** Integer seconds: before it was read, so that no later change hides behind this `iat`. */
  readonly issuedAt: number;
  /** Up to this second the person's tokens say what no longer counts; undefined where nothing has changed. */
  readonly permissionsChangedAt: number | undefined;
};

/**
 * Reads what a token is to be made from, once its `iat` is after the last change of the person's permissions: until that second
 * is over a token would count as old at once, and whoever renewed because of the change would have to do it again (N-07). The
 * request waits for that, a second at most. The roles are those that count now.
 *
 * @param find reads the grant and the person as they are
 */
export async function findSettled<A extends ActiveGrant>(
  provider: Provider,
  find: () => Promise<A | undefined>,
): Promise<Settled<A> | undefined> {
  const first = await readNow(provider, find);
  if (!first || !isOld(first)) return first;
  await waitUntilAfter(provider, first.permissionsChangedAt ?? 0);
  return readNow(provider, find);
}

/** The same as it is now, for what gives out no token. */
export const findCurrent: typeof findSettled = readNow;

/**
 * What a token is made from, once its reader has been reached: from that moment on it is told of changes. One that came between
 * what was read and that moment was not told, so it is read once more (N-09).
 */
export async function findOnceReached<R extends Pick<Settled<ActiveGrant>, 'grant' | 'person' | 'issuedAt'>>(
  provider: Provider,
  request: R,
  { isNewReach }: { readonly isNewReach: boolean },
): Promise<R | undefined> {
  if (!isNewReach) return request;
  const current = await findSettled(provider, async () => {
    const active = await provider.store.findActiveGrant(request.grant.id, provider.clock());
    return active && withinConsent(provider, active);
  });
  return current && { ...request, ...current };
}

const isOld = ({ issuedAt, permissionsChangedAt = -Infinity }: Settled<ActiveGrant>) =>
  issuedAt <= permissionsChangedAt;

async function readNow<A extends ActiveGrant>(
  { clock, store, roles }: Provider,
  find: () => Promise<A | undefined>,
): Promise<Settled<A> | undefined> {
  const issuedAt = clock();
  const active = await find();
  if (!active) return undefined;
  const { changedAt, roleVersion } = await store.findPermissionChange(active.person.sub);
  await roles.heed(roleVersion);
  return { ...active, issuedAt, permissionsChangedAt: changedAt };
}

const LONGEST_MILLISECONDS = 1000;
const STEP_MILLISECONDS = 20;

/** No longer than a second: another node's clock may be ahead. */
async function waitUntilAfter({ clock, pause }: Provider, second: number): Promise<void> {
  for (let waited = 0; waited < LONGEST_MILLISECONDS && clock() <= second; waited += STEP_MILLISECONDS)
    await pause(STEP_MILLISECONDS);
}
