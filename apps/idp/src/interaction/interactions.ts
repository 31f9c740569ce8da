import type { Cookies } from '../http/cookies.ts';
import { PageError } from '../http/page-error.ts';
import type { AuthorizationRequest, Pending } from '../store/requests.ts';
import { randomId, sha256 } from '../foundation/secrets.ts';
import type { Interaction, Store } from '../store/index.ts';

/** Pending requests, each bound to the browser that opened it. */
export interface HeldRequests {
  /** Holds a request for the browser that sent it. */
  hold(pending: Pending, request: Request): Promise<Held>;
  /** Holds a request that came without cookies (a cross-site POST carries no Lax ones): the next GET binds it. */
  holdUnbound(pending: Pending): Promise<string>;
  /**
   * The pending request of this kind with this id, for the browser it belongs to.
   *
   * @throws PageError when it is over, or belongs to another browser.
   */
  require<K extends Pending['kind']>(id: string, kind: K, request: Request): Promise<HeldOf<K>>;
  /** Finishes it: true for one caller only. */
  finish(id: string): Promise<boolean>;
  /** Keeps a request that a client sent beforehand (RFC 9126), until a browser brings its id. */
  push(request: AuthorizationRequest, seconds: number): Promise<string>;
  /** Takes a pushed request up: for the client that pushed it, and once. */
  takePushed(id: string, clientId: string): Promise<AuthorizationRequest | undefined>;
}

export interface Held {
  readonly id: string;
  /** Set-Cookie values; empty when the browser has its cookie already. */
  readonly setCookies: readonly string[];
}

export interface HeldOf<K extends Pending['kind']> extends Held {
  readonly pending: Extract<Pending, { kind: K }>;
  /** The session opened while answering this very request. */
  readonly sid: string | undefined;
  /** The session that the person chose to go on with. */
  readonly chosenSid: string | undefined;
  /** Who has answered what the client asks for. */
  readonly consentedSub: string | undefined;
}

interface Context {
  readonly store: Store;
  readonly cookies: Cookies;
  readonly clock: () => number;
  readonly interactionSeconds: number;
}

export function createHeldRequests(context: Context): HeldRequests {
  const { store, clock } = context;
  const add = async (pending: Pending, browserHash?: string, seconds = context.interactionSeconds) => {
    const id = randomId();
    await store.addInteraction({ id, browserHash, pending, expiresAt: clock() + seconds });
    return id;
  };
  return {
    holdUnbound: (pending) => add(pending),
    push: (request, seconds) => add({ kind: 'pushed', request }, undefined, seconds),
    takePushed: (id, clientId) => takePushed(context, id, clientId),
    async hold(pending, request) {
      const browser = browserOf(context, request);
      return { id: await add(pending, browser.hash), setCookies: browser.setCookies };
    },
    async require(id, kind, request) {
      const interaction = await store.findInteraction(id, clock());
      if (!interaction || !isKind(interaction.pending, kind) || interaction.finished) throw over();
      const setCookies = await requireSameBrowser(context, interaction, request);
      const { pending, sid, chosenSid, consentedSub } = interaction;
      return { id, pending, sid, chosenSid, consentedSub, setCookies };
    },
    finish: (id) => store.finishInteraction(id, clock()),
  };
}

/** Another client's try must not use it up, so whose it is is looked at first. */
async function takePushed(
  { store, clock }: Context,
  id: string,
  clientId: string,
): Promise<AuthorizationRequest | undefined> {
  const pending = (await store.findInteraction(id, clock()))?.pending;
  if (pending?.kind !== 'pushed' || pending.request.clientId !== clientId) return undefined;
  return (await store.finishInteraction(id, clock())) ? pending.request : undefined;
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

/** One secret per browser for all its pending requests, so that several tabs can sign in at once. */
function browserOf(context: Context, request: Request): { hash: string; setCookies: readonly string[] } {
  const known = context.cookies.interaction.read(request);
  if (known !== undefined) return { hash: sha256(known), setCookies: [] };
  const value = randomId(32);
  return { hash: sha256(value), setCookies: [context.cookies.interaction.serialize(value, BROWSER_SECONDS)] };
}

const BROWSER_SECONDS = 30 * 86_400;

function isKind<K extends Pending['kind']>(
  pending: Pending,
  kind: K,
): pending is Extract<Pending, { kind: K }> {
  return pending.kind === kind;
}

function over(): PageError {
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
