import type { ClientDirectory } from '../clients/client-directory.ts';
import { findSiteAddress } from '../clients/site-address.ts';
import type { Cookies } from '../http/cookies.ts';
import { PageError, type WayOn } from '../http/page-error.ts';
import { randomId, sha256 } from '../foundation/secrets.ts';
import type { Interaction, InteractionRequest, IssuedCode, Store } from '../store/index.ts';

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
  /**
   * Ends it with a grant and gives the grant's id: the same one to every answer within the life of a code. Undefined
   * when it ended otherwise.
   */
  grant(id: string): Promise<string | undefined>;
  /** The page of a request that was answered already. */
  over(request: InteractionRequest): PageError;
}

export interface StartedInteraction {
  readonly id: string;
  /** Set-Cookie values; empty when the browser has its cookie already. */
  readonly setCookies: readonly string[];
}

export interface InteractionOf<K extends InteractionRequest['kind']> extends StartedInteraction {
  readonly request: Extract<InteractionRequest, { kind: K }>;
  /** The session opened while answering this very request. */
  readonly sessionId: string | undefined;
  /** The session that the person chose to go on with. */
  readonly chosenSessionId: string | undefined;
  /** The person who answered the consent page of this request. */
  readonly consentedSub: string | undefined;
  /**
   * What an earlier answer gave, less than the life of a code ago: a button that was pressed twice, or the back button.
   * The same answer gets a fresh code while that one is unredeemed, and any other gets the page that it is over.
   */
  readonly granted: IssuedCode | undefined;
}

interface Context {
  readonly issuer: string;
  readonly store: Store;
  readonly clients: ClientDirectory;
  readonly cookies: Cookies;
  readonly clock: () => number;
  readonly interactionSeconds: number;
  readonly codeSeconds: number;
}

export function createInteractions(context: Context): Interactions {
  const { store, clock, interactionSeconds, codeSeconds } = context;
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
      if (!interaction || !isOfKind(interaction.request, kind)) throw interactionOver(undefined);
      const wayOn = findWayOn(context, interaction.request);
      if (!isAnswerable(context, interaction)) throw interactionOver(wayOn);
      const setCookies = await requireSameBrowser(context, interaction, browserRequest, wayOn);
      const { request, sessionId, chosenSessionId, consentedSub, grantId } = interaction;
      const granted = grantId === undefined ? undefined : await store.findIssuedCode(grantId);
      return { id, request, sessionId, chosenSessionId, consentedSub, granted, setCookies };
    },
    consume: (id) => store.consumeInteraction(id, clock()),
    grant: (id) =>
      store.grantInteraction({
        id,
        grantId: randomId(),
        now: clock(),
        repeatableSeconds: codeSeconds,
      }),
    over: (request) => interactionOver(findWayOn(context, request)),
  };
}

/** It waits, or an answer granted it so short a time ago that the button may have been pressed twice. */
function isAnswerable(
  { clock, codeSeconds }: Context,
  { finishedAt, grantId }: Pick<Interaction, 'finishedAt' | 'grantId'>,
): boolean {
  if (finishedAt === undefined) return true;
  return grantId !== undefined && finishedAt > clock() - codeSeconds;
}

/** To the site that asked: where it begins a login, or to its home page, where a sign-out leads as well. */
function findWayOn({ clients, issuer }: Context, request: InteractionRequest): WayOn | undefined {
  const { clientId } = request.kind === 'pushed' ? request.request : request;
  const client = clientId === undefined ? undefined : clients.find(clientId);
  if (!client) return undefined;
  const href = request.kind === 'sign-out' ? client.uri : findSiteAddress(client, issuer);
  return href === undefined ? undefined : { href, to: client.name };
}

/**
 * An interaction's address is no secret: whoever gets it (a link, a shoulder) must not be able to answer it, or
 * have somebody else answer theirs (consent hijack, RFC 9700 §4.7). The cookie decides, not the address.
 */
async function requireSameBrowser(
  context: Context,
  interaction: Interaction,
  request: Request,
  wayOn: WayOn | undefined,
): Promise<readonly string[]> {
  const browser = browserOf(context, request);
  if (interaction.browserHash === browser.hash) return [];
  const isFirst =
    interaction.browserHash === undefined &&
    (await context.store.bindInteraction(interaction.id, browser.hash));
  if (!isFirst) throw otherBrowser(wayOn);
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

function interactionOver(wayOn: WayOn | undefined): PageError {
  return new PageError({
    status: 410,
    code: 'request_over',
    title: 'This page is no longer needed',
    reason: 'The request it belonged to was answered already, or waited too long.',
    fix: 'Go on at the site you came from. If you are not signed in there yet, start again there.',
    wayOn,
  });
}

function otherBrowser(wayOn: WayOn | undefined): PageError {
  return new PageError({
    status: 403,
    code: 'other_browser',
    title: 'This page belongs to another browser',
    reason: 'The request was started in another browser, or this browser refuses cookies.',
    fix: 'Allow cookies for this address, then start again at the site you came from.',
    wayOn,
  });
}
