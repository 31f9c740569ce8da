import type { ClientDirectory } from '../clients/client-directory.ts';
import { findSiteAddress } from '../clients/site-address.ts';
import type { Cookies } from '../http/cookies.ts';
import type { PageError, WayOn } from '../http/page-error.ts';
import type { RequestContext, RequestOrigin } from '../http/routes.ts';
import { randomId, sha256 } from '../foundation/secrets.ts';
import type {
  AuthorizationRequest,
  Interaction,
  InteractionRequest,
  IssuedCode,
  Store,
} from '../store/index.ts';
import { createInteractionId, parseInteractionId } from './interaction-ids.ts';
import { interactionDisplaced, interactionOver, otherBrowser } from './interaction-over.ts';
import type { WaitingBudgets } from './waiting-budgets.ts';
import { createWaitingRequests, type WaitingRequests } from './waiting-requests.ts';

/** Requests that wait for a person, each bound to the browser that opened it. */
export interface Interactions {
  /** Keeps a request for the browser that sent it. */
  start(
    request: InteractionRequest,
    browserRequest: Request,
    from: RequestContext,
  ): Promise<StartedInteraction>;
  /** Keeps a request that came without cookies (a cross-site POST carries no Lax ones); the next GET binds it. */
  startUnbound(request: InteractionRequest, from: RequestContext): Promise<string>;
  /**
   * Keeps a request that its client pushed, until a browser brings its id.
   */
  push(request: AuthorizationRequest, expiresAt: number, from: RequestOrigin): Promise<string>;
  /**
   * The interaction of the address's id, for a request of this kind and the browser that it belongs to.
   *
   * @throws PageError when it is over, made room for others, or belongs to another browser.
   */
  require<K extends InteractionRequest['kind']>(
    kind: K,
    browserRequest: Request,
    from: RequestContext,
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
  readonly budgets: WaitingBudgets;
}

export function createInteractions(context: Context): Interactions {
  const { store, clock, interactionSeconds, codeSeconds } = context;
  const waiting = createWaitingRequests(context);
  const add = async (request: InteractionRequest, from: RequestContext, browserHash?: string) => {
    const expiresAt = clock() + interactionSeconds;
    const id = createInteractionId({ expiresAt, clientId: clientIdOf(request) });
    await waiting.hold({ id, browserHash, request, expiresAt, from: { address: from.clientAddress() } });
    return id;
  };
  return {
    startUnbound: (request, from) => add(request, from),
    async start(request, browserRequest, from) {
      const { hash, setCookies } = browserOf(context, browserRequest);
      return { id: await add(request, from, hash), setCookies };
    },
    async push(request, expiresAt, from) {
      const id = randomId();
      await waiting.hold({
        id,
        browserHash: undefined,
        request: { kind: 'pushed', request },
        expiresAt,
        from,
      });
      return id;
    },
    async require(kind, browserRequest, from) {
      const interaction = await store.findInteraction(from.id, clock());
      if (!interaction || !isOfKind(interaction.request, kind))
        throw await findWhatBecame(context, waiting, kind, from);
      const wayOn = findWayOn(context, kind, clientIdOf(interaction.request));
      if (!isAnswerable(context, interaction)) throw interactionOver(wayOn);
      const setCookies = await requireSameBrowser(context, interaction, browserRequest, wayOn);
      if (!interaction.isOpened) await waiting.open(interaction, browserRequest);
      const { id, request, sessionId, chosenSessionId, consentedSub, grantId } = interaction;
      const granted = grantId === undefined ? undefined : await store.findIssuedCode(grantId);
      return { id, request, sessionId, chosenSessionId, consentedSub, granted, setCookies };
    },
    consume: (id) => store.consumeInteraction(id, clock(), clock() + codeSeconds),
    grant: (id) =>
      store.grantInteraction({ id, grantId: randomId(), now: clock(), repeatableSeconds: codeSeconds }),
    over: (request) => interactionOver(findWayOn(context, request.kind, clientIdOf(request))),
  };
}

/** The page of a request that isn't there: it was answered, has waited too long, or made room for others. */
async function findWhatBecame(
  context: Context,
  waiting: WaitingRequests,
  kind: InteractionRequest['kind'],
  from: RequestContext,
): Promise<PageError> {
  const said = parseInteractionId(from.id);
  const wayOn = findWayOn(context, kind, said?.clientId);
  const isInTime = said !== undefined && said.expiresAt > context.clock();
  const hasMadeRoom = isInTime && (await waiting.haveMadeRoom(from.clientAddress()));
  return hasMadeRoom ? interactionDisplaced(wayOn) : interactionOver(wayOn);
}

/** It waits, or an answer granted it so short a time ago that the button may have been pressed twice. */
function isAnswerable(
  { clock, codeSeconds }: Context,
  { finishedAt, grantId }: Pick<Interaction, 'finishedAt' | 'grantId'>,
): boolean {
  if (finishedAt === undefined) return true;
  return grantId !== undefined && finishedAt > clock() - codeSeconds;
}

/** The client that a request comes from. */
function clientIdOf(request: InteractionRequest): string | undefined {
  return request.kind === 'pushed' ? request.request.clientId : request.clientId;
}

/** To the site that asked: where it begins a login, or to its home page, where a sign-out leads as well. */
function findWayOn(
  { clients, issuer }: Context,
  kind: InteractionRequest['kind'],
  clientId: string | undefined,
): WayOn | undefined {
  const client = clientId === undefined ? undefined : clients.find(clientId);
  if (!client) return undefined;
  const href = kind === 'sign-out' ? client.uri : findSiteAddress(client, issuer);
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
