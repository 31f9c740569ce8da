import type { Flow } from '../model/flows.ts';
import type { Message } from '../model/message.ts';
import type { SiteName } from '../records/record.ts';

interface Picture {
  readonly flows: readonly Flow[];
  readonly messages: readonly Message[];
  readonly selected: Message | undefined;
}

interface Stop {
  readonly title: string;
  readonly text: string;
  /** The site to open for it. */
  readonly site?: SiteName;
  readonly isDone: (picture: Picture) => boolean;
}

/** In their order. */
export const stops: readonly Stop[] = [
  {
    title: 'Open the shop',
    text: 'In a tab beside this one. The shop asks the provider once, without showing anything, whether you are signed in.',
    site: 'shop',
    isDone: ({ messages }) => messages.some(({ to }) => to === 'shop'),
  },
  {
    title: 'Press “Sign in” there',
    text: 'The shop sends your browser to the provider. Watch what it asks for, and what it keeps to itself.',
    isDone: ({ flows }) => flows.some(({ kind }) => kind === 'sign-in'),
  },
  {
    title: 'Sign in as Ada',
    text: 'Username ada, passphrase “seven quiet comets”. The code comes back through your browser, the tokens never do.',
    isDone: ({ flows }) => flows.some(({ kind, outcome }) => kind === 'sign-in' && outcome === 'done'),
  },
  {
    title: 'Open the step “Comes back with the provider’s answer”',
    text: 'Every check is there with both values and the verdict, and every claim with a sentence.',
    isDone: ({ selected }) => selected?.hop.path === '/auth/callback',
  },
  {
    title: 'Open the blog',
    text: 'You don’t sign in again: one silent redirect does it.',
    site: 'blog',
    isDone: ({ flows }) =>
      flows.some(({ kind, site, outcome }) => kind !== 'visit' && site === 'blog' && outcome === 'done'),
  },
  {
    title: 'Sign out at either site',
    text: 'The provider tells the other one, from server to server, while you watch.',
    isDone: ({ messages }) => messages.some(({ hop }) => hop.path === '/auth/backchannel-logout'),
  },
];

/** The stop that waits now, never one before `reached`: what somebody has seen stays seen. */
export function findStop(reached: number, picture: Picture): number {
  let stop = reached;
  while (stops[stop]?.isDone(picture) === true) stop += 1;
  return stop;
}
