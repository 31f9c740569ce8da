import type { Handler, Route } from './http/routes.ts';
import { createSignOnSessions } from './identity/sign-on-sessions.ts';
import { createInteractions } from './interaction/interactions.ts';
import type { Provider } from './provider.ts';
import type { Store } from './store/index.ts';

/**
 * HEAD: what GET would answer, without its body and without its effects (RFC 9110 §9.3.2). X-14: a code or a waiting
 * request that was not made is not named either, and the browser keeps the cookies that it has.
 *
 * @param routesOf - the routes of the house as a provider serves them.
 */
export function createHeadHandler(
  provider: Provider,
  path: string,
  routesOf: (provider: Provider) => readonly Route[],
): Handler {
  return async (request, requestContext) => {
    const rehearsal = withoutEffects(provider);
    const get = routesOf(rehearsal.provider).find((route) => route.path === path)?.get;
    if (!get) throw new Error(`nothing is read at ${path}`);
    const { status, headers } = await get(request, requestContext);
    const kept = new Headers(headers);
    kept.delete('Set-Cookie');
    if (rehearsal.inventedSomething()) kept.delete('Location');
    return new Response(null, { status, headers: kept });
  };
}

/** The provider as a request sees it that must not change anything. */
interface Rehearsal {
  readonly provider: Provider;
  /** Whether something was made up that an address may name: a code, or a request that waits for a person. */
  inventedSomething(): boolean;
}

/** Every step reads the real store and decides as usual; what it writes is forgotten, and no event tells of it. */
function withoutEffects(provider: Provider): Rehearsal {
  let invented = false;
  const store = forgetful(provider.store, () => (invented = true));
  const { issuer, clients, cookies, clock, lifetimes, waitingBudgets: budgets } = provider;
  const { interactionSeconds, codeSeconds, signOnSeconds } = lifetimes;
  return {
    provider: {
      ...provider,
      store,
      observe: () => undefined,
      signOn: createSignOnSessions({ store, clock, signOnSeconds }),
      interactions: createInteractions({
        issuer,
        store,
        clients,
        cookies,
        clock,
        interactionSeconds,
        codeSeconds,
        budgets,
      }),
    },
    inventedSomething: () => invented,
  };
}

/** Every verb that a GET may write with succeeds and does nothing. */
function forgetful(store: Store, invent: () => void): Store {
  return {
    ...store,
    async addInteraction() {
      invent();
    },
    bindInteraction: () => Promise.resolve(true),
    recordOpened: () => Promise.resolve(),
    displaceInteractions: () => Promise.resolve(0),
    consumeInteraction: () => Promise.resolve(true),
    removeInteraction: () => Promise.resolve(true),
    grantInteraction: ({ grantId }) => Promise.resolve(grantId),
    openGrant() {
      invent();
      return Promise.resolve(true);
    },
    displaceGrants: () => Promise.resolve(),
    endSession: () => Promise.resolve(true),
  };
}
