import type { Cookies } from '../http/cookies.ts';
import { PageError } from '../http/page-error.ts';
import { randomId, sha256 } from '../foundation/secrets.ts';
import type { Interaction, InteractionRequest, Store } from '../store/index.ts';

/** Requests that wait for a person, each bound to the browser that opened it. */
export interface Interactions {
  /** Keeps a request for the browser that sent it. */
  start(request: InteractionRequest, browserRequest: Request): Promise<StartedInteraction>;
  /** Keeps a request that came without cookies (a cross-site POST carries no Lax ones); the next GET binds it. */
  startUnbound(request: InteractionRequest): Promise<string>;
  /**
   * The interaction with this id, for a request of this kind and the browser that it belongs to.
   *
   * @throws PageError when it is over, or belongs to another browser.
   */
  require<K extends InteractionRequest['kind']>(
    id: string,
    kind: K,
    browserRequest: Request,
  ): Promise<InteractionOf<K>>;
  /** Ends it: true for one caller only. */
  consume(id: string): Promise<boolean>;
}

export interface StartedInteraction {
  readonly id: string;
  /** Set-Cookie values; empty when the browser has its cookie already. */
  readonly setCookies: readonly string[];
}

export interface InteractionOf<K extends InteractionRequest['kind']> extends StartedInteraction {
  readonly request: Extract<InteractionRequest, { kind: K }>;
  /** The session opened while answering this very request. */
  readonly sid: string | undefined;
  /** The session that the person chose to go on with. */
  readonly chosenSid: string | undefined;
  /** The person who answered the consent page of this request. */
  readonly consentedSub: string | undefined;
}

interface Context {
  readonly store: Store;
  readonly cookies: Cookies;
  readonly clock: () => number;
  readonly interactionSeconds: number;
}

export function createInteractions(context: Context): Interactions {
  const { store, clock, interactionSeconds } = context;
  const add = async (request: InteractionRequest, browserHash?: string) => {
    const id = randomId();
    await store.addInteraction({ id, browserHash, request, expiresAt: clock() + interactionSeconds });
    return id;
  };
  return {
    startUnbound: (request) => add(request),
    async start(request, browserRequest) {
      const browser = browserOf(context, browserRequest);
      return { id: await add(request, browser.hash), setCookies: browser.setCookies };
    },
    async require(id, kind, browserRequest) {
      const interaction = await store.findInteraction(id, clock());
      if (!interaction || !isOfKind(interaction.request, kind) || interaction.consumed)
        throw interactionOver();
      const setCookies = await requireSameBrowser(context, interaction, browserRequest);
      const { request, sid, chosenSid, consentedSub } = interaction;
      return { id, request, sid, chosenSid, consentedSub, setCookies };
    },
    consume: (id) => store.consumeInteraction(id, clock()),
  };
}

/**
 * An interaction's address is no secret: whoever gets it (a link, a shoulder) must not be able to answer it, or
 * have somebody else answer theirs (consent hijack, RFC 9700 §4.7). The cookie decides, not the address.
 */
async function requireSameBrowser(
  context: Context,
  interaction: Interaction,
  request: Request,
): Promise<readonly string[]> {
  const browser = browserOf(context, request);
  if (interaction.browserHash === browser.hash) return [];
  const isFirst =
    interaction.browserHash === undefined &&
    (await context.store.bindInteraction(interaction.id, browser.hash));
  if (!isFirst) throw otherBrowser();
  return browser.setCookies;
}

/** One secret per browser for all its interactions, so that several tabs can sign in at once. */
function browserOf(context: Context, request: Request): { hash: string; setCookies: readonly string[] } {
  const known = context.cookies.interaction.read(request);
  if (known !== undefined) return { hash: sha256(known), setCookies: [] };
  const value = randomId(32);
  return { hash: sha256(value), setCookies: [context.cookies.interaction.serialize(value, BROWSER_SECONDS)] };
}

const BROWSER_SECONDS = 30 * 86_400;

function isOfKind<K extends InteractionRequest['kind']>(
  pending: InteractionRequest,
  kind: K,
): pending is Extract<InteractionRequest, { kind: K }> {
  return pending.kind === kind;
}

function interactionOver(): PageError {
  return new PageError({
    status: 410,
    code: 'request_over',
    title: 'This page is no longer needed',
    reason: 'The request it belonged to was answered already, or waited too long.',
    fix: 'Go back to the site you came from and start again there.',
  });
}

function otherBrowser(): PageError {
  return new PageError({
    status: 403,
    code: 'other_browser',
    title: 'This page belongs to another browser',
    reason: 'The request was started in another browser, or this browser refuses cookies.',
    fix: 'Allow cookies for this address, then start again at the site you came from.',
  });
}
