import type { SiteName } from '../records/record.ts';
import { holds } from './diagram.ts';
import type { Failure, Message } from './message.ts';
import { siteOfClient } from './steps.ts';
import { findEvent, isObject, textOf } from './values.ts';

export type FlowKind =
  | 'sign-in'
  | 'silent'
  | 'sign-out'
  | 'exchange'
  | 'refresh'
  | 'permissions'
  | 'call'
  | 'visit';

/** Requests that belong together. */
export interface Flow {
  readonly id: number;
  readonly kind: FlowKind;
  /** The site that it is about; of an exchange, whose API. */
  readonly site: SiteName;
  readonly messages: readonly Message[];
  readonly outcome: 'open' | 'done' | 'nobody' | 'failed';
  readonly failure: Failure | undefined;
  /** The person it is about, by `sub`. */
  readonly sub: string | undefined;
}

interface Draft {
  readonly id: number;
  kind: FlowKind;
  site: SiteName;
  readonly messages: Message[];
  outcome: Flow['outcome'];
  readonly begun: number;
}

/** What is under way while messages are looked at one after the other. */
interface Progress {
  readonly flows: Draft[];
  /** The flow of each message, by its number. */
  readonly flowOf: Map<number, Draft>;
  readonly byState: Map<string, Draft>;
  readonly byInteraction: Map<string, Draft>;
  readonly openLogins: Map<SiteName, Draft>;
  readonly recent: Message[];
  signOut: Draft | undefined;
}

const LOGIN_MILLISECONDS = 600_000;
const SIGN_OUT_MILLISECONDS = 15_000;
const VISIT_MILLISECONDS = 30_000;
const LOOK_BACK = 40;

/** Groups messages, given in order, into flows in the order in which they began. */
export function groupFlows(messages: readonly Message[]): readonly Flow[] {
  const progress: Progress = {
    flows: [],
    flowOf: new Map(),
    byState: new Map(),
    byInteraction: new Map(),
    openLogins: new Map(),
    recent: [],
    signOut: undefined,
  };
  for (const message of messages) place(progress, message);
  // What a page asked for may have become the flow that it stands in.
  return progress.flows.filter(({ messages: own }) => own.length > 0).map(finish);
}

function place(progress: Progress, message: Message): void {
  const flow =
    ofNestedCall(progress, message) ??
    ofLogin(progress, message) ??
    ofSignOut(progress, message) ??
    ofOthers(progress, message);
  flow.messages.push(message);
  progress.flowOf.set(message.id, flow);
  progress.recent.push(message);
  if (progress.recent.length > LOOK_BACK) progress.recent.shift();
}

function begin(progress: Progress, kind: FlowKind, message: Message, site = message.to): Draft {
  const draft: Draft = { id: message.id, kind, site, messages: [], outcome: 'open', begun: message.hop.at };
  progress.flows.push(draft);
  return draft;
}

/** What a site asks others while it answers belongs to what it answers. */
function ofNestedCall(progress: Progress, message: Message): Draft | undefined {
  if (message.from === 'browser' || message.from === 'idp') return undefined;
  const outer = progress.recent.findLast(({ hop, to }) => to === message.from && holds(hop, message.hop));
  const flow = outer && progress.flowOf.get(outer.id);
  if (!flow) return undefined;
  if (flow.kind === 'visit' || flow.kind === 'call') return asExchange(progress, flow, outer, message);
  return flow;
}

/** A page that needs a token of another API, or a new one, is told as a flow of its own. */
function asExchange(progress: Progress, flow: Draft, outer: Message, message: Message): Draft {
  const kind = exchangeKind(message);
  if (kind === undefined) return flow;
  const site = kind === 'exchange' ? exchangedFor(message) : outer.to;
  const draft = begin(progress, kind, outer, site);
  flow.messages.splice(flow.messages.indexOf(outer), 1);
  draft.messages.push(outer);
  progress.flowOf.set(outer.id, draft);
  return draft;
}

function exchangeKind({ title, to, kind, from }: Message): 'exchange' | 'refresh' | undefined {
  if (title.startsWith('Exchanges the token')) return 'exchange';
  if (title.startsWith('Renews')) return 'refresh';
  return kind === 'api' && to !== 'idp' && from !== 'browser' ? 'exchange' : undefined;
}

function exchangedFor(message: Message): SiteName {
  if (message.kind === 'api') return message.to;
  const audience = textOf(findEvent(message.events, 'token.exchanged', 'exchange.failed'), 'audience') ?? '';
  if (audience.includes('shop')) return 'shop';
  return audience.includes('blog') ? 'blog' : message.from === 'shop' ? 'blog' : 'shop';
}

function ofLogin(progress: Progress, message: Message): Draft | undefined {
  const { hop, to, events } = message;
  const started = findEvent(events, 'login.started');
  if (started || (to !== 'idp' && hop.path === '/auth/login')) {
    const flow = begin(progress, started?.data['silent'] === true ? 'silent' : 'sign-in', message);
    const hash = textOf(started, 'stateHash');
    if (hash !== undefined) progress.byState.set(hash, flow);
    progress.openLogins.set(to, flow);
    return flow;
  }
  if (to !== 'idp') return hop.path === '/auth/callback' ? ofCallback(progress, message) : undefined;
  if (!isPartOfLogin(message)) return undefined;
  const flow =
    (hop.interaction === undefined ? undefined : progress.byInteraction.get(hop.interaction)) ??
    ofClient(progress, clientOf(message)) ??
    [...progress.openLogins.values()].at(-1);
  if (!flow || hop.at - flow.begun > LOGIN_MILLISECONDS) return undefined;
  if (hop.interaction !== undefined) progress.byInteraction.set(hop.interaction, flow);
  return flow;
}

const isPartOfLogin = ({ kind, hop }: Message) =>
  kind === 'sign-in' || (kind === 'redirect' && hop.path.startsWith('/authorize'));

function clientOf({ hop, events }: Message): SiteName | undefined {
  const parameters = findEvent(events, 'request.detailed')?.data['parameters'];
  const detailed = isObject(parameters) ? parameters['client_id'] : undefined;
  const sent = hop.parameters.find(([name]) => name === 'client_id')?.[1];
  return siteOfClient(typeof detailed === 'string' ? detailed : sent);
}

function ofClient({ openLogins }: Progress, site: SiteName | undefined): Draft | undefined {
  return site === undefined ? undefined : openLogins.get(site);
}

function ofCallback(progress: Progress, message: Message): Draft {
  const ended = findEvent(message.events, 'callback.accepted', 'callback.rejected');
  const hash = textOf(ended, 'stateHash') ?? '';
  const flow =
    progress.byState.get(hash) ?? progress.openLogins.get(message.to) ?? begin(progress, 'sign-in', message);
  if (ended) flow.outcome = outcomeOf(message, ended.type);
  progress.openLogins.delete(message.to);
  return flow;
}

function outcomeOf({ failure }: Message, type: string): Flow['outcome'] {
  if (type === 'callback.accepted') return 'done';
  return failure ? 'failed' : 'nobody';
}

function ofSignOut(progress: Progress, message: Message): Draft | undefined {
  if (message.kind !== 'logout') return undefined;
  const { signOut } = progress;
  const isBegun = message.hop.method === 'POST' && message.from === 'browser' && message.to !== 'idp';
  const goesOn = signOut && message.hop.at - signOut.begun < SIGN_OUT_MILLISECONDS && !isBegun;
  const flow = goesOn ? signOut : begin(progress, 'sign-out', message);
  progress.signOut = flow;
  if (findEvent(message.events, 'logout.received', 'session.ended')) flow.outcome = 'done';
  return flow;
}

function ofOthers(progress: Progress, message: Message): Draft {
  if (message.kind === 'event') {
    const last = progress.flows.at(-1);
    const goesOn = last?.kind === 'permissions' && message.hop.at - last.begun < SIGN_OUT_MILLISECONDS;
    return goesOn ? last : begin(progress, 'permissions', message);
  }
  if (message.kind === 'api') return begin(progress, 'call', message);
  const last = progress.flows.at(-1);
  const lastMessage = last?.messages.at(-1);
  const isNear = lastMessage && message.hop.at - lastMessage.hop.at < VISIT_MILLISECONDS;
  if (last?.kind === 'visit' && last.site === message.to && isNear) return last;
  return begin(progress, 'visit', message);
}

function finish({ id, kind, site, messages, outcome }: Draft): Flow {
  const failed = messages.find(({ failure }) => failure !== undefined);
  const isOver = kind !== 'sign-in' && kind !== 'silent' && outcome === 'open';
  const sub = messages.find((message) => message.sub !== undefined)?.sub;
  const isFailed = failed !== undefined && outcome !== 'done';
  return {
    id,
    kind,
    site,
    messages,
    outcome: isFailed ? 'failed' : isOver ? 'done' : outcome,
    failure: failed?.failure,
    sub,
  };
}
