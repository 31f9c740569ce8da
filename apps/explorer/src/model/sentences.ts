import { apps } from '@sso/domains';
import type { SiteName } from '../records/record.ts';
import type { Flow } from './flows.ts';
import type { Lane } from './message.ts';

/** What people are called, by `sub`. */
export type Names = Readonly<Record<string, string>>;

const words: Readonly<Record<SiteName, string>> = { shop: 'the shop', blog: 'the blog', idp: 'the provider' };

/** What a lane is called. */
export function laneTitle(lane: Lane): string {
  return lane === 'browser' ? 'Browser' : apps[lane].title;
}

export function personName(sub: string | undefined, names: Names): string | undefined {
  return sub === undefined ? undefined : (names[sub] ?? `Person ${sub.slice(0, 6)}`);
}

/** A flow in one sentence. */
export function sentenceOf(flow: Flow, names: Names): string {
  const who = personName(flow.sub, names);
  const text = sentences[flow.kind](flow, who, words[flow.site]);
  return flow.outcome === 'failed' && flow.failure ? `${text}: refused (${flow.failure.code})` : text;
}

type Sentence = (flow: Flow, who: string | undefined, where: string) => string;

const sentences: Readonly<Record<Flow['kind'], Sentence>> = {
  'sign-in': ({ outcome }, who, where) => {
    if (outcome === 'failed') return `A sign-in at ${where}`;
    return outcome === 'done'
      ? `${who ?? 'Somebody'} signs in at ${where}`
      : `Somebody is signing in at ${where}`;
  },
  silent: ({ outcome }, who, where) => {
    if (outcome === 'nobody') return `Silent sign-in at ${where} finds nobody`;
    return outcome === 'done' && who !== undefined
      ? `Silent sign-in of ${who} at ${where}`
      : `Silent sign-in at ${where}`;
  },
  'sign-out': (flow, who, where) => {
    const told = new Set(
      flow.messages.filter(({ hop }) => hop.path === '/auth/backchannel-logout').map(({ to }) => to),
    );
    if (told.size > 0) return `${who ?? 'Somebody'} is signed out everywhere`;
    return `${who ?? 'Somebody'} signs out at ${where}`;
  },
  exchange: (_flow, who, where) =>
    `${who === undefined ? 'A' : `${who}’s`} token is exchanged for ${where}’s API`,
  refresh: (_flow, who, where) =>
    `${who === undefined ? 'Tokens' : `${who}’s tokens`} are renewed at ${where}`,
  permissions: (_flow, who) => `${who === undefined ? 'Somebody' : who}’s permissions have changed`,
  call: (_flow, who, where) =>
    who === undefined ? `A call of ${where}’s API` : `A call of ${where}’s API for ${who}`,
  visit: (flow, _who, where) =>
    flow.messages.length === 1 ? `A page of ${where}` : `${flow.messages.length} requests to ${where}`,
};
